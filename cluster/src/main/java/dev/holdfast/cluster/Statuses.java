package dev.holdfast.cluster;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.port.Cluster.ApiStatus;
import dev.holdfast.port.Cluster.Cause;
import dev.holdfast.yaml.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an API server says when it refuses: a Status in JSON, or whatever a proxy in between wrote.
public final class Statuses {

    /// The reason of a 404 that says that there is no such API, while a missing object's is `NotFound`.
    public static final String NO_SUCH_API = "NoSuchApi";

    private static final int LONGEST_MESSAGE = 2_000;
    private static final int LARGEST_STATUS = 1 << 20;

    private Statuses() {}

    static ApiStatus of(Reply reply) {
        var body = parsed(reply.body());
        var retryAfter = retryAfter(reply.headers());
        if (body.text("kind").filter("Status"::equals).isPresent()) return of(reply.status(), body, retryAfter);
        var reason = reply.status() == 404 ? NO_SUCH_API : "";
        return new ApiStatus(reply.status(), reason, plain(reply.body()), List.of(), retryAfter);
    }

    /// The Status in an ERROR event of a watch.
    static ApiStatus of(Mapping status) {
        return of(500, status, Optional.empty());
    }

    private static ApiStatus of(int code, Mapping status, Optional<Integer> retryAfter) {
        var causes = new ArrayList<Cause>();
        for (Value item : status.mapping("details").sequence("causes")) {
            if (item instanceof Mapping cause) {
                causes.add(new Cause(
                        cause.text("reason").orElse(""),
                        cause.text("message").orElse(""),
                        cause.text("field").orElse("")));
            }
        }
        var seconds = status.whole("details", "retryAfterSeconds")
                .map(Statuses::seconds)
                .or(() -> retryAfter);
        return new ApiStatus(
                status.whole("code").map(Long::intValue).orElse(code),
                status.text("reason").orElse(""),
                shortened(status.text("message").orElse("")),
                causes,
                seconds);
    }

    private static Mapping parsed(byte[] body) {
        if (body.length == 0 || body.length > LARGEST_STATUS || body[0] != '{') return Mapping.EMPTY;
        try {
            return JsonReader.readObject(body);
        } catch (FaultException _) {
            return Mapping.EMPTY;
        }
    }

    /// Text that is no Status, on one line and of bounded length.
    private static String plain(byte[] body) {
        var start = new String(body, 0, Math.min(body.length, LONGEST_MESSAGE), StandardCharsets.UTF_8);
        return start.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    /// The seconds of a Retry-After header; its form with a date is not used by API servers.
    static Optional<Integer> retryAfter(List<Header> headers) {
        for (var header : headers) {
            if (header.name().equalsIgnoreCase("Retry-After")
                    && header.value().trim().matches("[0-9]{1,9}")) {
                return Optional.of(Integer.parseInt(header.value().trim()));
            }
        }
        return Optional.empty();
    }

    private static int seconds(long given) {
        return (int) Math.clamp(given, 0, 1_000_000_000L);
    }

    /// A refusal as a fault, for callers that asked for a value and cannot go on without it. `what` completes
    /// "could not …".
    public static Fault fault(ApiStatus status, String what) {
        var said = status.message().isEmpty() ? "" : ": " + status.message();
        var message = "could not " + what + " (HTTP " + status.code() + ")" + said;
        return switch (status.code()) {
            case 401 -> Fault.temporary("Unauthorized", message, "Check the credentials; they may have expired");
            case 403 -> Fault.terminal("Forbidden", message, "Grant the right to do so");
            case 404 ->
                Fault.terminal(
                        status.reason().equals(NO_SUCH_API) ? NO_SUCH_API : "NotFound",
                        message,
                        "Check that it exists and is served");
            case 408, 429 -> Fault.temporary("ServerBusy", message, "It is tried again");
            case 410 -> Fault.temporary("Expired", message, "It is read anew");
            default ->
                status.code() >= 500
                        ? Fault.temporary("ServerError", message, "It is tried again; see the API server's log")
                        : Fault.terminal("Refused", message, "");
        };
    }

    /// The texts of `Warning: 299 - "…"` headers.
    static List<String> warnings(List<Header> headers) {
        var warnings = new ArrayList<String>();
        for (var header : headers) {
            if (header.name().equalsIgnoreCase("Warning")) quoted(header.value(), warnings);
        }
        return warnings;
    }

    /// Several warnings may stand in one header, separated by commas; each is a quoted text, perhaps with a quoted
    /// date behind it. A quoted text may hold commas and escapes.
    private static void quoted(String value, List<String> into) {
        boolean date = false;
        int at = 0;
        while (at < value.length()) {
            char next = value.charAt(at++);
            if (next == ',') date = false;
            if (next != '"') continue;
            var text = new StringBuilder();
            while (at < value.length() && value.charAt(at) != '"') {
                if (value.charAt(at) == '\\' && at + 1 < value.length()) at++;
                text.append(value.charAt(at++));
            }
            at++;
            if (!date) into.add(shortened(text.toString()));
            date = true;
        }
    }
}
