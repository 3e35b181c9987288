package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.request.Quoted;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.write.WriteOptions.FieldValidation;
import java.util.ArrayList;
import java.util.List;

/// What an object must satisfy to be stored.
final class Rules {

    /// Unknown and repeated fields: an error, warnings, or nothing.
    List<String> unknown(ResourceType type, Bodies.Sent sent, FieldValidation validation) {
        if (validation == FieldValidation.IGNORE) return List.of();
        var complaints = new ArrayList<String>();
        for (var path : sent.duplicates()) complaints.add("duplicate field " + Quoted.text(path));
        if (complaints.isEmpty() || validation == FieldValidation.WARN) return complaints;
        throw Refusal.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                + type.kind() + ": strict decoding error: " + String.join(", ", complaints));
    }

    void created(Target target, Mapping object) {}

    /// `before` is the stored object, `after` what it is to become.
    void changed(Target target, Mapping before, Mapping after) {
        var causes = new ArrayList<Cause>();
        metadata(before, after, causes);
        if (causes.isEmpty()) return;
        // the real server checks metadata twice and says so twice
        var twice = new ArrayList<>(causes);
        twice.addAll(causes);
        throw Refusal.invalid(target.kindSubject(), twice);
    }

    private static void metadata(Mapping before, Mapping after, List<Cause> causes) {
        for (var field : List.of("name", "namespace", "uid", "creationTimestamp")) {
            var now = after.at("metadata", field);
            if (now == null || now.equals(before.at("metadata", field))) continue;
            causes.add(new Cause(
                    "FieldValueInvalid", "Invalid value: " + shown(now) + ": field is immutable", "metadata." + field));
        }
        if (!Meta.terminating(before)) return;
        var had = Meta.finalizers(before);
        var added = Meta.finalizers(after).stream()
                .filter(finalizer -> !had.contains(finalizer))
                .toList();
        if (added.isEmpty()) return;
        var listed = String.join(", ", added.stream().map(Quoted::text).toList());
        causes.add(new Cause(
                "FieldValueForbidden",
                "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers "
                        + "[]string{" + listed + "}",
                "metadata.finalizers"));
    }

    private static String shown(Value value) {
        return value instanceof Value.Text(var text, var _) ? Quoted.text(text) : value.toString();
    }
}
