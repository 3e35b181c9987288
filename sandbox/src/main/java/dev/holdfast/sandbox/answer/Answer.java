package dev.holdfast.sandbox.answer;

import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one request is answered with, before a door carries it away.
public sealed interface Answer {

    int status();

    List<Header> headers();

    /// A body that is complete; nobody changes it.
    @SuppressWarnings("ArrayRecordComponent")
    record Whole(int status, List<Header> headers, byte[] body) implements Answer {
        public Whole {
            headers = List.copyOf(headers);
        }
    }

    /// A stream of lines that the door pulls until it ends.
    record Streaming(int status, List<Header> headers, Lines lines) implements Answer {
        public Streaming {
            headers = List.copyOf(headers);
        }
    }

    /// No answer at all: the connection breaks. Whether the request took effect, the client can't know.
    record Lost() implements Answer {
        @Override
        public int status() {
            return 0;
        }

        @Override
        public List<Header> headers() {
            return List.of();
        }
    }

    /// The lines of a stream, pulled by one task.
    interface Lines extends AutoCloseable {
        /// The next line without its end; null when the stream is over. Waits.
        byte @Nullable [] next();

        /// The next line where it is there already; null where it has to be waited for.
        default byte @Nullable [] ready() {
            return null;
        }

        @Override
        void close();
    }

    static Whole json(int status, byte[] body) {
        return new Whole(status, List.of(new Header("Content-Type", "application/json")), body);
    }

    /// To a request that could not even be taken apart.
    static Whole refused(Refusal refusal) {
        return json(refusal.code(), JsonWriter.write(refusal.status()));
    }

    static Whole plain(int status, String text) {
        return new Whole(
                status,
                List.of(
                        new Header("Content-Type", "text/plain; charset=utf-8"),
                        new Header("X-Content-Type-Options", "nosniff")),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same answer with a Warning header per text.
    default Answer withWarnings(List<String> warnings) {
        if (warnings.isEmpty()) return this;
        var more = new ArrayList<>(headers());
        for (var warning : warnings) {
            var quoted = warning.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
            more.add(new Header("Warning", "299 - \"" + quoted + "\""));
        }
        return switch (this) {
            case Whole whole -> new Whole(whole.status, more, whole.body);
            case Streaming stream -> new Streaming(stream.status, more, stream.lines);
            case Lost lost -> lost;
        };
    }
}
