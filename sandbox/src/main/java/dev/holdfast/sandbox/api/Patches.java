package dev.holdfast.sandbox.api;

import dev.holdfast.fields.MergePatch;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.patch.JsonPatch;
import dev.holdfast.sandbox.patch.Patched;
import dev.holdfast.sandbox.patch.StrategicMergePatch;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.request.JsonComplaint;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.write.Bodies;
import dev.holdfast.sandbox.write.StrategicPatch;
import dev.holdfast.sandbox.write.Target;
import dev.holdfast.sandbox.write.WriteOptions;
import dev.holdfast.sandbox.write.WriteOptions.Kind;
import dev.holdfast.sandbox.write.Writers;
import dev.holdfast.sandbox.write.Written;
import dev.holdfast.yaml.JsonReader;
import java.util.function.UnaryOperator;

/// The four kinds of patch, told apart by the type of the body.
final class Patches {

    private static final String APPLY = "application/apply-patch+yaml";

    private final Realm realm;
    private final Writers writers;

    Patches(Realm realm, Writers writers) {
        this.realm = realm;
        this.writers = writers;
    }

    Written patch(Call call, Target target) {
        return patch(call, target, UnaryOperator.identity());
    }

    /// What the patch would lead to.
    Written preview(Call call, Target target) {
        return patch(call, target, WriteOptions::asDryRun);
    }

    private Written patch(Call call, Target target, UnaryOperator<WriteOptions> effect) {
        if (call.contentType().equals(APPLY)) {
            var options = effect.apply(WriteOptions.of(call, Kind.APPLY));
            return writers.changing()
                    .apply(target, Applications.read(call, target.type().gvk(), options), options);
        }
        var options = effect.apply(WriteOptions.of(call, Kind.PATCH));
        return writers.changing().patch(target, operator(call, target.type()), options);
    }

    /// The patch as a function on objects of a resource.
    UnaryOperator<Mapping> operator(Call call, ResourceType type) {
        Bodies.limit(call);
        return switch (call.contentType()) {
            case "application/json-patch+json" -> {
                var patch = read(call);
                yield object -> object(JsonPatch.apply(object, patch));
            }
            case "application/merge-patch+json" -> {
                var patch = mapping(call);
                yield object -> MergePatch.apply(object, patch);
            }
            case "application/strategic-merge-patch+json" -> {
                if (type.custom()) throw unknownFormat();
                var patch = mapping(call);
                var rules = new SchemaPatchRules(realm.types().schema(type).root());
                yield new StrategicPatch(patch, object -> object(StrategicMergePatch.apply(object, patch, rules)));
            }
            default -> throw Refusal.vague(415, "UnsupportedMediaType", "415: Unsupported Media Type");
        };
    }

    private static Refusal unknownFormat() {
        return Refusal.of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
    }

    private static Mapping object(Patched patched) {
        return switch (patched) {
            case Patched.Done(Mapping object) -> object;
            case Patched.Done(var _) -> throw Refusal.badRequest("the patch leaves no object");
            case Patched.Refused(var blame, var message) ->
                throw switch (blame) {
                    case MALFORMED -> Refusal.badRequest("error decoding patch: " + message);
                    case TOO_LARGE -> Refusal.of(413, "RequestEntityTooLarge", message);
                    case UNPROCESSABLE ->
                        Refusal.vague(422, "Invalid", "the server rejected our request due to an error in our request");
                    case INTERNAL -> Refusal.internal(message);
                };
        };
    }

    private static Mapping mapping(Call call) {
        if (read(call) instanceof Mapping patch) return patch;
        throw Refusal.badRequest(
                "error decoding patch: json: cannot unmarshal into Go value of type " + "map[string]interface {}");
    }

    private static Value read(Call call) {
        try {
            return JsonReader.read(call.body(), Bodies.LIMITS);
        } catch (FaultException broken) {
            var words = JsonComplaint.of(call.body());
            throw Refusal.badRequest("error decoding patch: "
                    + (words.isEmpty() ? broken.fault().explanation().message() : words));
        }
    }
}
