package dev.holdfast.cluster.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The bytes of one answer on their way from the HTTP client, which pushes, to a task, which pulls. The client is
/// asked for more only when the task has taken what there was, so a slow reader slows the server down and no memory
/// fills up.
final class Inflow implements AsyncBody.Consumer<List<ByteBuffer>> {

    private static final Event END = new Event.End();

    private sealed interface Event {
        record Bytes(List<ByteBuffer> buffers) implements Event {}

        record Broken(Throwable cause) implements Event {}

        record End() implements Event {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile @Nullable AsyncBody body;

    /// Called by the HTTP client.
    @Override
    public void consume(List<ByteBuffer> value, AsyncBody from) {
        events.add(new Event.Bytes(value));
    }

    /// Begins with an answer whose head has arrived.
    void start(AsyncBody answer) {
        body = answer;
        var _ = answer.done()
                .whenComplete((_, failure) -> events.add(failure == null ? END : new Event.Broken(failure)));
        answer.consume();
    }

    /// The next bytes; null at the end of the answer.
    @Nullable
    List<ByteBuffer> next(long timeoutMillis) throws IOException, InterruptedException {
        var event = events.poll(timeoutMillis, TimeUnit.MILLISECONDS);
        return switch (event) {
            case null -> throw new IOException("nothing came for " + timeoutMillis / 1000 + " s");
            case Event.Bytes(var buffers) -> {
                var answer = body;
                if (answer != null) answer.consume();
                yield buffers;
            }
            case Event.Broken(var cause) -> {
                events.add(event);
                throw new IOException(cause);
            }
            case Event.End _ -> {
                events.add(event);
                yield null;
            }
        };
    }

    /// Ends the answer, also for a task that waits in {@link #next}.
    void cancel() {
        events.add(END);
        var answer = body;
        if (answer != null) answer.cancel();
    }
}
