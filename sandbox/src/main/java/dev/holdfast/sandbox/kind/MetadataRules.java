package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What holds for the metadata of every object.
final class MetadataRules {

    private static final String PATH = "metadata";
    private static final List<String> STANDARD_FINALIZERS = List.of("kubernetes", "orphan", "foregroundDeletion");
    private static final long MOST_ANNOTATIONS = 256L * 1024;

    private MetadataRules() {}

    static void created(Mapping object, KindFacts.Names names, Problems problems) {
        var metadata = object.mapping(PATH);
        var prefix = metadata.text("generateName").orElse("");
        if (!prefix.isEmpty()) {
            for (var wrong : Names.ofPrefix(names, prefix)) problems.invalid("metadata.generateName", prefix, wrong);
        }
        var name = metadata.text("name").orElse("");
        if (name.isEmpty()) problems.required("metadata.name", "name or generateName is required");
        else for (var wrong : Names.of(names, name)) problems.invalid("metadata.name", name, wrong);
        var namespace = metadata.text("namespace").orElse("");
        if (!namespace.isEmpty()) {
            for (var wrong : Names.label(namespace)) problems.invalid("metadata.namespace", namespace, wrong);
        }
        problems.notNegative(metadata, PATH, "generation");
        texts(metadata, problems);
        finalizers(metadata.sequence("finalizers"), problems);
    }

    static void updated(Mapping object, Mapping old, Problems problems) {
        var metadata = object.mapping(PATH);
        var before = old.mapping(PATH);
        if (before.has("deletionTimestamp")) newFinalizers(metadata, before, problems);
        if (metadata.text("resourceVersion").orElse("").isEmpty()) {
            problems.invalid("metadata.resourceVersion", "", "must be specified for an update");
        }
        for (var field : List.of(
                "name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds")) {
            problems.immutable(child(PATH, field), metadata.get(field), before.get(field));
        }
        texts(metadata, problems);
    }

    private static void newFinalizers(Mapping metadata, Mapping before, Problems problems) {
        var added = new ArrayList<String>();
        var known = before.sequence("finalizers").items();
        for (var finalizer : metadata.sequence("finalizers")) {
            if (!known.contains(finalizer)) finalizer.asText().ifPresent(added::add);
        }
        if (added.isEmpty()) return;
        var shown = added.stream().sorted().map(Problems::quoted).toList();
        problems.forbidden(
                "metadata.finalizers",
                "no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                        + String.join(", ", shown) + "}");
    }

    private static void texts(Mapping metadata, Problems problems) {
        labels(metadata.mapping("labels"), "metadata.labels", problems);
        annotations(metadata.mapping("annotations"), "metadata.annotations", problems);
        owners(metadata.sequence("ownerReferences"), problems);
    }

    static void labels(Mapping labels, String path, Problems problems) {
        for (var label : labels) {
            for (var wrong : Names.qualified(label.key())) problems.invalid(path, label.key(), wrong);
            var value = label.value().asText().orElse("");
            for (var wrong : Names.labelValue(value)) problems.invalid(path, value, wrong);
        }
    }

    static void annotations(Mapping annotations, String path, Problems problems) {
        long size = 0;
        for (var annotation : annotations) {
            for (var wrong : Names.qualifiedIgnoringCase(annotation.key())) {
                problems.invalid(path, annotation.key(), wrong);
            }
            var value = annotation.value().asText().orElse("");
            size += annotation.key().getBytes(StandardCharsets.UTF_8).length;
            size += value.getBytes(StandardCharsets.UTF_8).length;
        }
        if (size > MOST_ANNOTATIONS) problems.tooLong(path, MOST_ANNOTATIONS);
    }

    private static void owners(Sequence owners, Problems problems) {
        var controller = "";
        for (int i = 0; i < owners.size(); i++) {
            if (!(owners.get(i) instanceof Mapping owner)) continue;
            var path = item("metadata.ownerReferences", i);
            for (var field : List.of("apiVersion", "kind", "name", "uid")) {
                if (owner.text(field).orElse("").isEmpty()) problems.required(child(path, field), "must not be empty");
            }
            if (owner.text("kind").orElse("").equals("Event")
                    && owner.text("apiVersion").orElse("").equals("v1")) {
                problems.invalid(path, owner, "/v1, Kind=Event is disallowed from being an owner");
            }
            if (!owner.bool("controller").orElse(false)) continue;
            var called =
                    owner.text("kind").orElse("") + "/" + owner.text("name").orElse("");
            if (!controller.isEmpty()) {
                problems.invalid(
                        "metadata.ownerReferences",
                        owners,
                        "Only one reference can have Controller set to true. Found \"true\" in references for "
                                + controller + " and " + called);
            } else {
                controller = called;
            }
        }
    }

    /// Built-in kinds take no finalizer of which nobody can tell whose it is.
    static void qualifiedFinalizers(Mapping object, Problems problems) {
        var finalizers = object.sequence("metadata", "finalizers");
        for (int i = 0; i < finalizers.size(); i++) {
            var name = finalizers.get(i).asText().orElse("");
            if (name.contains("/") || STANDARD_FINALIZERS.contains(name)) continue;
            problems.invalid(
                    item("metadata.finalizers", i),
                    name,
                    "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    private static void finalizers(Sequence finalizers, Problems problems) {
        for (var each : finalizers) {
            var name = each.asText().orElse("");
            for (var wrong : Names.qualified(name)) problems.invalid("metadata.finalizers", name, wrong);
        }
        var names = finalizers.items();
        if (names.contains(Value.of("orphan")) && names.contains(Value.of("foregroundDeletion"))) {
            problems.invalid(
                    "metadata.finalizers", finalizers, "finalizer foregroundDeletion and orphan cannot be both set");
        }
    }
}
