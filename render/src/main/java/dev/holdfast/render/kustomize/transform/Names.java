package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.config.FieldSpec;
import dev.holdfast.render.kustomize.config.FieldSpec.Creation;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.yaml.Meaning;
import java.util.List;

/// Puts something before or after names. Objects whose names mean something elsewhere keep theirs.
public final class Names {

    private static final List<Gvk> KEPT = List.of(
            new Gvk("", "", "CustomResourceDefinition"),
            new Gvk("apiregistration.k8s.io", "", "APIService"),
            new Gvk("", "", "Namespace"));

    private enum Side {
        BEFORE,
        AFTER
    }

    private Names() {}

    public static Transformer prefix(Value.Text prefix, List<FieldSpec> fields) {
        return of(Side.BEFORE, prefix, fields);
    }

    public static Transformer suffix(Value.Text suffix, List<FieldSpec> fields) {
        return of(Side.AFTER, suffix, fields);
    }

    private static Transformer of(Side side, Value.Text text, List<FieldSpec> fields) {
        return list -> {
            for (var resource : list.all()) rename(resource, side, text, fields);
            list.forgetIds();
        };
    }

    private static void rename(Resource resource, Side side, Value.Text text, List<FieldSpec> fields) {
        var original = resource.originalId();
        if (KEPT.stream().anyMatch(original::isOf)) return;
        var origin = text.origin().through(side == Side.BEFORE ? "namePrefix" : "nameSuffix");
        for (var field : fields) {
            if (!original.isOf(field.gvk())) continue;
            if (field.path().equals("metadata/name") && !text.value().isEmpty()) remember(resource, side, text.value());
            field.visit(resource, new Creation(Node.Kind.SCALAR, Meaning.STRING, origin), node -> {
                Paths.require(node, Node.Kind.SCALAR);
                var name = side == Side.BEFORE ? text.value() + node.text() : node.text() + text.value();
                node.setTo(Node.plain(name, origin));
            });
        }
    }

    private static void remember(Resource resource, Side side, String text) {
        switch (side) {
            case BEFORE -> resource.addPrefix(text);
            case AFTER -> resource.addSuffix(text);
        }
        resource.storePreviousId();
    }
}
