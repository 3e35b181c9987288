package dev.holdfast.engine.apply;

import dev.holdfast.engine.apply.Reply.Cause;
import dev.holdfast.engine.apply.Reply.Refusal;
import dev.holdfast.model.LiveObject.Claim;
import dev.holdfast.model.LiveObject.Writing;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads what API servers answer to a refused write. The texts are those of the recordings; where a text is not
/// known, the status code decides.
final class Refusals {

    /// `conflict with "kubectl-edit" using v1`, `conflict with "scaler" with subresource "scale" using apps/v1 at
    /// 2026-…`, `conflict with "argocd-controller"`. Only for Update managers a version is named.
    private static final Pattern CONFLICT = Pattern.compile(
            "conflict with \"((?:[^\"\\\\]|\\\\.)*)\"(?: with subresource \"[^\"]*\")?( using .*)?", Pattern.DOTALL);

    /// Old answers to bodies that the field manager can't read: 500, and no reason. Trying again would never help.
    private static final List<String> UNREADABLE = List.of(
            "failed to create typed patch object",
            "field not declared in schema",
            "duplicate entries for key",
            "failed to prune fields");

    private Refusals() {}

    static Reply reply(Refusal refusal) {
        var message = shortened(refusal.message());
        return switch (refusal.code()) {
            case 400, 413, 415 -> new Reply.Invalid(message, causes(refusal));
            case 401, 403 -> forbidden(refusal, message);
            case 404 -> refusal.reason().isEmpty() ? new Reply.NoSuchApi(message) : new Reply.Missing(message);
            case 405 -> new Reply.NoSuchApi(message);
            case 409 -> conflict(refusal, message);
            case 422 -> invalid(refusal, message);
            default ->
                UNREADABLE.stream().anyMatch(refusal.message()::contains)
                        ? new Reply.Invalid(message, causes(refusal))
                        : new Reply.Unavailable(message);
        };
    }

    private static Reply forbidden(Refusal refusal, String message) {
        boolean ending =
                refusal.causes().stream().anyMatch(cause -> cause.reason().equals("NamespaceTerminating"))
                        || refusal.message().contains("because it is being terminated");
        return ending ? new Reply.NamespaceEnding(message) : new Reply.Forbidden(message);
    }

    private static Reply conflict(Refusal refusal, String message) {
        var claims = claims(refusal.causes());
        return claims.isEmpty() ? new Reply.Outdated(message) : new Reply.Conflicting(claims, message);
    }

    /// The uid of another object is refused as an immutable field.
    private static Reply invalid(Refusal refusal, String message) {
        boolean uid = refusal.causes().stream().anyMatch(cause -> cause.field().equals("metadata.uid"));
        return uid ? new Reply.Outdated(message) : new Reply.Invalid(message, causes(refusal));
    }

    private static List<String> causes(Refusal refusal) {
        var causes = new ArrayList<String>();
        for (var cause : refusal.causes()) {
            var text = shortened(cause.message());
            causes.add(cause.field().isEmpty() || text.startsWith(cause.field()) ? text : cause.field() + ": " + text);
        }
        return causes;
    }

    private static List<Claim> claims(List<Cause> causes) {
        var fields = new TreeMap<String, List<String>>();
        var claims = new TreeMap<String, Claim>();
        for (var cause : causes) {
            var match = CONFLICT.matcher(cause.message());
            if (!match.matches()) continue;
            var manager = match.group(1).replace("\\\"", "\"").replace("\\\\", "\\");
            var writing = match.group(2) == null ? Writing.APPLY : Writing.UPDATE;
            var key = manager + " " + writing;
            fields.computeIfAbsent(key, _ -> new ArrayList<>()).add(cause.field());
            claims.put(key, new Claim(manager, writing, fields.get(key)));
        }
        return List.copyOf(claims.values());
    }

    private static String shortened(String text) {
        return text.length() <= 600 ? text : text.substring(0, 600) + "…";
    }
}
