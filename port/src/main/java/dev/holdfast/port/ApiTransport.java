package dev.holdfast.port;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Bytes to and from one Kubernetes API: over HTTP, or by direct calls into the sandbox. Knows nothing of objects.
public interface ApiTransport extends AutoCloseable {

    /// One exchange. An HTTP error status is an answer, not an exception.
    /// @throws dev.holdfast.model.FaultException transient (`Unreachable`) when there was no answer: the request
    /// may or may not have taken effect
    Reply send(Request request);

    /// Opens a streaming answer (a watch).
    /// @throws dev.holdfast.model.FaultException transient when there was no answer
    Stream open(Request request);

    @Override
    void close();

    /// `target` is path and query, percent-encoded. The body is not copied: nobody changes it.
    @SuppressWarnings("ArrayRecordComponent")
    record Request(String method, String target, List<Header> headers, byte @Nullable [] body) {
        /// Written out: the compiler drops the type annotations of a compact one from the class file, and NullAway
        /// would then refuse a request without a body in every other module.
        public Request(String method, String target, List<Header> headers, byte @Nullable [] body) {
            this.method = method;
            this.target = target;
            this.headers = List.copyOf(headers);
            this.body = body;
        }

        public static Request get(String target) {
            return get(target, List.of(new Header("Accept", "application/json")));
        }

        public static Request get(String target, List<Header> headers) {
            return new Request("GET", target, headers, null);
        }

        public Request withTarget(String other) {
            return new Request(method, other, headers, body);
        }

        public Optional<String> header(String name) {
            return find(headers, name);
        }

        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    record Header(String name, String value) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Reply(int status, List<Header> headers, byte[] body) {
        public Reply {
            headers = List.copyOf(headers);
        }

        public Optional<String> header(String name) {
            return find(headers, name);
        }

        public boolean ok() {
            return status >= 200 && status < 300;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Reply that
                    && that.status == status
                    && that.headers.equals(headers)
                    && Arrays.equals(that.body, body);
        }

        @Override
        public int hashCode() {
            return 31 * status + Arrays.hashCode(body);
        }
    }

    /// A streaming answer, read line by line by one task.
    interface Stream extends AutoCloseable {
        int status();

        List<Header> headers();

        /// The next line without its end; null when the server ended the stream. Waits; closing from another task
        /// ends the wait.
        /// @throws dev.holdfast.model.FaultException transient when the connection broke
        byte @Nullable [] nextLine();

        @Override
        void close();
    }

    private static Optional<String> find(List<Header> headers, String name) {
        for (var header : headers) {
            if (header.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }
}
