package dev.holdfast.sandbox.answer;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request that is answered with an error. Thrown from wherever the reason is found, turned into an answer at one
/// place.
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// One field that is wrong, in the words of a Status: `FieldValueInvalid`, "Invalid value: …", "spec.replicas".
    public record Cause(String reason, String message, String field) {}

    /// What a refusal is about: the name, the API group, and the plural or the kind.
    public record Subject(String name, String group, String kind) {
        /// `deployments.apps`, or the plural or kind alone.
        public String qualified() {
            return group.isEmpty() ? kind : kind + "." + group;
        }
    }

    private final int code;
    private final String reason;
    private final transient @Nullable Mapping details;
    private final transient Mapping metadata;

    private Refusal(int code, String reason, String message, @Nullable Mapping details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
        this.metadata = Mapping.EMPTY;
    }

    private Refusal(Refusal same, Mapping metadata) {
        super(same.getMessage(), null, false, false);
        this.code = same.code;
        this.reason = same.reason;
        this.details = same.details;
        this.metadata = metadata;
    }

    public static Refusal of(int code, String reason, String message) {
        return new Refusal(code, reason, message, null);
    }

    /// With details that say nothing, as the server writes them where it knows no object.
    public static Refusal vague(int code, String reason, String message) {
        return new Refusal(code, reason, message, Mapping.EMPTY);
    }

    public static Refusal badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    public static Refusal notFound(Subject subject) {
        var message = subject.qualified() + " \"" + subject.name() + "\" not found";
        return new Refusal(404, "NotFound", message, details(subject, List.of()));
    }

    public static Refusal noSuchResource() {
        return vague(404, "NotFound", "the server could not find the requested resource");
    }

    public static Refusal methodNotAllowed() {
        return vague(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    public static Refusal alreadyExists(Subject subject) {
        var message = subject.qualified() + " \"" + subject.name() + "\" already exists";
        return new Refusal(409, "AlreadyExists", message, details(subject, List.of()));
    }

    public static Refusal conflict(Subject subject, String why) {
        var message = "Operation cannot be fulfilled on " + subject.qualified() + " \"" + subject.name() + "\": " + why;
        return new Refusal(409, "Conflict", message, details(subject, List.of()));
    }

    /// The version that a write was computed from is not the newest.
    public static Refusal modified(Subject subject) {
        return conflict(
                subject, "the object has been modified; please apply your changes to the latest version and try again");
    }

    /// An apply that would change what others own.
    public static Refusal applyConflict(String message, List<Cause> causes) {
        return new Refusal(409, "Conflict", message, details(new Subject("", "", ""), causes));
    }

    public static Refusal forbidden(Subject subject, String why) {
        return forbidden(subject, why, List.of());
    }

    public static Refusal forbidden(Subject subject, String why, List<Cause> causes) {
        var about =
                subject.name().isEmpty() ? subject.qualified() : subject.qualified() + " \"" + subject.name() + "\"";
        var message = subject.kind().isEmpty() ? "forbidden: " + why : about + " is forbidden: " + why;
        return new Refusal(403, "Forbidden", message, details(subject, causes));
    }

    public static Refusal unauthorized() {
        return of(401, "Unauthorized", "Unauthorized");
    }

    /// An object that breaks rules; the subject names the kind. Equal causes are said once.
    public static Refusal invalid(Subject subject, List<Cause> causes) {
        var said = new LinkedHashSet<String>();
        for (var cause : causes) said.add(cause.field() + ": " + cause.message());
        var all = said.size() == 1 ? said.getFirst() : "[" + String.join(", ", said) + "]";
        var message = subject.qualified() + " \"" + subject.name() + "\" is invalid: " + all;
        return new Refusal(422, "Invalid", message, details(subject, causes));
    }

    /// A list that can go on with another token only.
    public static Refusal expiredContinue(String message, String token) {
        var refusal = expired(message);
        return new Refusal(refusal, Mapping.of("continue", Value.of(token)));
    }

    public static Refusal expired(String message) {
        return of(410, "Expired", message);
    }

    public static Refusal tooLargeVersion(long asked, long current) {
        var cause = new Cause("ResourceVersionTooLarge", "Too large resource version", "");
        var message = "Timeout: Too large resource version: " + asked + ", current: " + current;
        return new Refusal(
                504,
                "Timeout",
                message,
                details(new Subject("", "", ""), List.of(cause)).with("retryAfterSeconds", Value.of(1)));
    }

    /// An error that a fault switch asks for, or overload.
    public static Refusal retryLater(int code, String reason, String message, int seconds) {
        return new Refusal(code, reason, message, Mapping.of("retryAfterSeconds", Value.of(seconds)));
    }

    /// An eviction that a budget does not allow now; no time is said where the seconds are 0.
    public static Refusal tooMany(String why, int seconds) {
        var details = details(new Subject("", "", ""), List.of(new Cause("DisruptionBudget", why, "")));
        return new Refusal(
                429,
                "TooManyRequests",
                "Cannot evict pod as it would violate the pod's disruption budget.",
                seconds == 0 ? details : details.with("retryAfterSeconds", Value.of(seconds)));
    }

    public static Refusal internal(String message) {
        return of(500, "", message);
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    public Optional<Long> retryAfterSeconds() {
        return details == null ? Optional.empty() : details.whole("retryAfterSeconds");
    }

    /// The Status object.
    public Mapping status() {
        var status = Mapping.builder()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("metadata", metadata)
                .put("status", "Failure")
                .put("message", String.valueOf(getMessage()));
        if (!reason.isEmpty()) status.put("reason", reason);
        if (details != null) status.put("details", details);
        return status.put("code", code).build();
    }

    private static Mapping details(Subject subject, List<Cause> causes) {
        var details = Mapping.builder();
        if (!subject.name().isEmpty()) details.put("name", subject.name());
        if (!subject.group().isEmpty()) details.put("group", subject.group());
        if (!subject.kind().isEmpty()) details.put("kind", subject.kind());
        if (causes.isEmpty()) return details.build();
        var list = new ArrayList<Value>();
        for (var cause : causes) {
            var written = Mapping.builder().put("reason", cause.reason()).put("message", cause.message());
            if (!cause.field().isEmpty()) written.put("field", cause.field());
            list.add(written.build());
        }
        return details.put("causes", Value.of(list)).build();
    }
}
