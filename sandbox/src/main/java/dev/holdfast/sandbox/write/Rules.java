package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.kind.SchemaCheck;
import dev.holdfast.sandbox.request.Quoted;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.write.WriteOptions.FieldValidation;
import dev.holdfast.yaml.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// What an object must satisfy to be stored.
final class Rules {

    private final Kinds kinds;

    Rules(Kinds kinds) {
        this.kinds = kinds;
    }

    /// Values that can't be read are an error; unknown and repeated fields an error, warnings, or nothing.
    List<String> unknown(ResourceType type, Bodies.Sent sent, FieldValidation validation) {
        return unknown(sent, kinds.check(type, sent.object(), Mapping.EMPTY), validation, why -> unreadable(type, why));
    }

    /// The same of what a patch of `known` leads to: then the patch is to blame, not the body.
    List<String> patched(
            ResourceType type,
            Mapping known,
            Mapping object,
            UnaryOperator<Mapping> patch,
            FieldValidation validation) {
        return unknown(
                new Bodies.Sent(object, List.of()),
                kinds.check(type, object, known),
                validation,
                why -> patch instanceof StrategicPatch strategic
                        ? unfit(strategic.shown(), StrategicPatch.inItsWords(why))
                        : unfit(JsonWriter.text(object), why));
    }

    private static Refusal unfit(String shown, String why) {
        return Refusal.invalid(
                new Subject("", "", ""),
                List.of(new Cause("FieldValueInvalid", "Invalid value: " + Quoted.text(shown) + ": " + why, "patch")));
    }

    private static List<String> unknown(
            Bodies.Sent sent,
            SchemaCheck.Result result,
            FieldValidation validation,
            Function<String, Refusal> refusal) {
        if (result.failure().isPresent()) throw refusal.apply(result.failure().get());
        if (validation == FieldValidation.IGNORE) return List.of();
        var complaints = new ArrayList<>(result.complaints());
        for (var path : sent.duplicates()) complaints.add("duplicate field " + Quoted.text(path));
        if (complaints.isEmpty() || validation == FieldValidation.WARN) return complaints;
        throw refusal.apply("strict decoding error: " + String.join(", ", complaints));
    }

    private static Refusal unreadable(ResourceType type, String why) {
        return Refusal.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                + type.kind() + ": " + why);
    }

    void created(Target target, Mapping object) {
        refuse(target, object, Optional.empty());
    }

    /// `before` is the stored object, `after` what it is to become.
    void changed(Target target, Mapping before, Mapping after) {
        refuse(target, after, Optional.of(before));
    }

    private void refuse(Target target, Mapping object, Optional<Mapping> old) {
        var errors = PodParts.concerns(target) && old.isPresent()
                ? PodParts.problems(target, object, old.get())
                : kinds.problems(target.type(), object, old);
        if (errors.isEmpty()) return;
        var causes = errors.stream()
                .map(error -> new Cause(error.reason().word(), error.message(), error.field()))
                .toList();
        throw Refusal.invalid(target.kindSubject(), causes);
    }
}
