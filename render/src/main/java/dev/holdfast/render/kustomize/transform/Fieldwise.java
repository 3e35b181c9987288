package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.config.FieldSpec;
import dev.holdfast.render.kustomize.config.FieldSpec.Creation;
import dev.holdfast.render.kustomize.resource.ResId;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.yaml.Meaning;
import java.util.List;
import java.util.Map;

/// The transformers that set the same thing in some fields of every object: labels, annotations, replicas.
public final class Fieldwise {

    private Fieldwise() {}

    /// Adds entries to maps: labels and annotations.
    public static Transformer entries(Map<String, Value.Text> entries, List<FieldSpec> fields, String step) {
        return list -> {
            for (var resource : list.all()) entries(resource, entries, fields, step);
            list.dropEmpty();
        };
    }

    /// Where an entry is new in several fields of an object, all of them hold one node, as in Kustomize: a patch
    /// or a replacement that changes it in one place later changes it in all of them.
    private static void entries(
            Resource resource, Map<String, Value.Text> entries, List<FieldSpec> fields, String step) {
        entries.forEach((key, text) -> {
            var origin = text.origin().through(step);
            var entry = Node.string(text.value(), origin);
            for (var field : fields) {
                if (!field.appliesTo(resource)) continue;
                field.visit(resource, new Creation(Node.Kind.MAPPING, "", origin), node -> {
                    Paths.require(node, Node.Kind.MAPPING);
                    node.set(key, entry);
                });
            }
        });
    }

    /// The number of replicas of the workloads that have, or had, a name.
    public static Transformer replicas(String name, long count, List<FieldSpec> fields, Origin place) {
        var origin = place.through("replicas");
        var creation = new Creation(Node.Kind.SCALAR, Meaning.INTEGER, origin);
        return list -> {
            boolean found = false;
            for (var field : fields) {
                for (var resource : list.withAnyId(id -> id.name().equals(name) && id.isOf(field.gvk()))) {
                    found = true;
                    field.visit(resource, creation, node -> {
                        Paths.require(node, Node.Kind.SCALAR);
                        node.setTo(Node.scalar(Meaning.INTEGER, Long.toString(count), Node.Style.PLAIN, origin));
                    });
                }
            }
            if (!found) throw noSuchWorkload(name, fields, place);
        };
    }

    private static RuntimeException noSuchWorkload(String name, List<FieldSpec> fields, Origin place) {
        var kinds = fields.stream().map(field -> ResId.words(field.gvk())).toList();
        return Refusal.at(
                place,
                "resource with name " + name + " does not match a config with the following GVK " + kinds,
                "Check the name under replicas");
    }
}
