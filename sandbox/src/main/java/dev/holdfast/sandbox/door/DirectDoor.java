package dev.holdfast.sandbox.door;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.request.Call;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Direct calls: no socket, no bytes copied. Waits only where the server itself does, through the scheduler's port.
public final class DirectDoor implements ApiTransport {

    private static final byte[] EMPTY = {};

    private final Function<Call, Answer> exchange;
    private volatile boolean closed;

    public DirectDoor(Function<Call, Answer> exchange) {
        this.exchange = exchange;
    }

    @Override
    public Reply send(Request request) {
        return switch (answer(request)) {
            case Answer.Whole(var status, var headers, var body) -> new Reply(status, headers, body);
            case Answer.Streaming stream -> drained(stream);
            case Answer.Lost _ -> throw unreachable(request);
        };
    }

    @Override
    public Stream open(Request request) {
        return switch (answer(request)) {
            case Answer.Whole(var status, var headers, var body) -> new Lines(status, headers, new One(body));
            case Answer.Streaming(var status, var headers, var lines) -> new Lines(status, headers, lines);
            case Answer.Lost _ -> throw unreachable(request);
        };
    }

    private Answer answer(Request request) {
        if (closed) throw unreachable(request);
        var body = request.body();
        Call call;
        try {
            call = Call.of(request.method(), request.target(), request.headers(), body == null ? EMPTY : body);
        } catch (Refusal refused) {
            return Answer.refused(refused);
        }
        return exchange.apply(call);
    }

    /// A stream that is sent for as a whole ends when its time is up.
    private static Reply drained(Answer.Streaming stream) {
        var body = new ByteArrayOutputStream();
        try (var lines = stream.lines()) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                body.writeBytes(line);
                body.write('\n');
            }
        }
        return new Reply(stream.status(), stream.headers(), body.toByteArray());
    }

    private static FaultException unreachable(Request request) {
        return new FaultException(
                Fault.temporary("Unreachable", "the sandbox did not answer " + request, "It is asked again later"));
    }

    @Override
    public void close() {
        closed = true;
    }

    private record Lines(int status, List<Header> headers, Answer.Lines lines) implements Stream {
        @Override
        public byte @Nullable [] nextLine() {
            return lines.next();
        }

        @Override
        public void close() {
            lines.close();
        }
    }

    private static final class One implements Answer.Lines {
        private byte @Nullable [] body;

        One(byte[] body) {
            this.body = body;
        }

        @Override
        public byte @Nullable [] next() {
            var told = body;
            body = null;
            return told;
        }

        @Override
        public void close() {
            body = null;
        }
    }
}
