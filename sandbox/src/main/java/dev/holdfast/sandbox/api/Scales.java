package dev.holdfast.sandbox.api;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.read.ScaleTable;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.sandbox.request.LabelSelector;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.resource.ScalePaths;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.write.Bodies;
import dev.holdfast.sandbox.write.Target;
import dev.holdfast.sandbox.write.WriteOptions;
import dev.holdfast.sandbox.write.WriteOptions.Kind;
import dev.holdfast.sandbox.write.Writers;
import java.util.List;
import java.util.function.UnaryOperator;

/// The `scale` of an object: its replicas, wanted and seen, without the rest.
final class Scales {

    private static final Gvk SCALE = new Gvk("autoscaling", "v1", "Scale");

    private final Realm realm;
    private final Writers writers;
    private final Patches patches;

    Scales(Realm realm, Writers writers, Patches patches) {
        this.realm = realm;
        this.writers = writers;
        this.patches = patches;
    }

    Answer answer(Call call, Target target, Form form) {
        var paths = realm.types().scale(target.type());
        var item = realm.find(target.type(), target.namespace(), target.name());
        if (item == null) throw Refusal.notFound(target.subject());
        return switch (call.method()) {
            case "GET", "HEAD" -> shown(scale(target.type(), item, paths), form);
            case "PUT" -> {
                var sent = Bodies.parse(call, "Scale").object();
                yield change(target, paths, _ -> sent, WriteOptions.of(call, Kind.UPDATE), form);
            }
            case "PATCH" -> {
                if (call.contentType().startsWith("application/apply-patch")) yield apply(call, target, paths, form);
                var options = WriteOptions.of(call, Kind.PATCH);
                yield change(target, paths, patches.operator(call, target.type()), options, form);
            }
            default -> throw Refusal.methodNotAllowed();
        };
    }

    private Answer shown(Mapping scale, Form form) {
        boolean table = form.as() == Form.As.TABLE;
        return Texts.answer(200, table ? ScaleTable.of(scale, realm.tasks().now()) : scale, form);
    }

    /// The owner of the replicas is then an applier through this subresource. A custom resource's Scale has no
    /// schema that the server could apply by.
    private Answer apply(Call call, Target target, ScalePaths paths, Form form) {
        var options = WriteOptions.of(call, Kind.APPLY);
        var sent = Applications.read(call, SCALE, options);
        if (target.type().custom()) {
            throw Refusal.internal("failed to create typed patch object (" + target.namespace() + "/" + target.name()
                    + "; autoscaling/v1, Kind=Scale): no corresponding type for autoscaling/v1, Kind=Scale");
        }
        if (!Meta.name(sent).isEmpty() && !Meta.name(sent).equals(target.name())) {
            throw Refusal.badRequest("the name of the object (" + Meta.name(sent)
                    + ") does not match the name on the URL (" + target.name() + ")");
        }
        refuseNegative(target, sent);
        var metadata = sent.mapping("metadata").with("name", Value.of(target.name()));
        var config = Mapping.builder()
                .put("apiVersion", target.type().apiVersion())
                .put("kind", target.type().kind())
                .put("metadata", metadata)
                .build();
        var replicas = sent.at("spec", "replicas");
        var written = writers.changing()
                .apply(target, replicas == null ? config : config.with(paths.spec(), replicas), options);
        return Texts.answer(200, scale(target.type(), written.item(), paths), form);
    }

    private static void refuseNegative(Target target, Mapping scale) {
        long replicas = scale.whole("spec", "replicas").orElse(0L);
        if (replicas >= 0) return;
        var cause = new Cause(
                "FieldValueInvalid",
                "Invalid value: " + replicas + ": must be greater than or equal to 0",
                "spec.replicas");
        throw Refusal.invalid(new Subject(target.name(), "autoscaling", "Scale"), List.of(cause));
    }

    private Answer change(
            Target target, ScalePaths paths, UnaryOperator<Mapping> change, WriteOptions options, Form form) {
        var written = writers.changing()
                .patch(
                        target,
                        object -> {
                            var before = scale(target.type(), object, paths);
                            return scaled(target, object, before, change.apply(before), paths);
                        },
                        options);
        return Texts.answer(200, scale(target.type(), written.item(), paths), form);
    }

    private static Mapping scaled(Target target, Mapping object, Mapping before, Mapping scale, ScalePaths paths) {
        long replicas = scale.whole("spec", "replicas").orElse(0L);
        refuseNegative(target, scale);
        var version = Meta.resourceVersion(scale);
        var versioned = version.isEmpty() || version.equals(Meta.resourceVersion(before))
                ? object
                : Meta.with(object, "resourceVersion", Value.of(version));
        return versioned.with(paths.spec(), Value.of(replicas));
    }

    private Mapping scale(ResourceType type, Item item, ScalePaths paths) {
        return scale(type, realm.types().seen(type, item.tree()), paths);
    }

    private static Mapping scale(ResourceType type, Mapping object, ScalePaths paths) {
        var metadata = Mapping.builder();
        for (var field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            object.mapping("metadata").find(field).ifPresent(value -> metadata.put(field, value));
        }
        long wanted = number(object, paths.spec());
        var spec = wanted == 0 ? Mapping.EMPTY : Mapping.of("replicas", Value.of(wanted));
        var status = Mapping.builder().put("replicas", number(object, paths.status()));
        var selector = type.custom()
                ? paths.selector().isEmpty()
                        ? ""
                        : object.text(paths.selector().toArray(String[]::new)).orElse("")
                : LabelSelector.of(object.mapping("spec", "selector")).toString();
        if (!selector.isEmpty()) status.put("selector", selector);
        return Mapping.builder()
                .put("kind", "Scale")
                .put("apiVersion", "autoscaling/v1")
                .put("metadata", metadata.build())
                .put("spec", spec)
                .put("status", status.build())
                .build();
    }

    private static long number(Mapping object, List<String> path) {
        return object.whole(path.toArray(String[]::new)).orElse(0L);
    }
}
