package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.transform.Replacements.Finder;
import dev.holdfast.render.kustomize.transform.Replacements.Setter;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.render.kustomize.tree.StyledTree;
import dev.holdfast.render.kustomize.tree.Values;
import dev.holdfast.yaml.Limits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path may lead on into a text that holds JSON or YAML (an entry of a ConfigMap): the field inside is set, and
/// the text written anew.
final class StructuredText {

    private final Finder finder;
    private final Setter setter;

    StructuredText(Finder finder, Setter setter) {
        this.finder = finder;
        this.setter = setter;
    }

    /// False where the path leads into no such text; then nothing has changed.
    boolean fill(Node root, List<String> parts, Node value) {
        for (int i = 1; i < parts.size(); i++) {
            var scalar = scalar(root, parts.subList(0, i));
            var document = scalar == null ? null : parsed(scalar);
            if (scalar != null && document != null) {
                return fill(scalar, document, parts.subList(i, parts.size()), value);
            }
        }
        return false;
    }

    private boolean fill(Node scalar, StyledTree document, List<String> rest, Node value) {
        try {
            var fields = finder.find(document.root(), rest, value);
            if (fields.isEmpty()) return false;
            for (var field : fields) setter.set(field, value);
            scalar.setText(written(document, scalar.text()), value.origin().through("replacements"));
            return true;
        } catch (FaultException notThere) {
            return false;
        }
    }

    private static @Nullable Node scalar(Node root, List<String> path) {
        try {
            var found = Paths.lookup(root, path);
            return found == null || !found.isScalar() || found.isNull() ? null : found;
        } catch (FaultException wrongKind) {
            return null;
        }
    }

    private static @Nullable StyledTree parsed(Node scalar) {
        try {
            var text = scalar.text().getBytes(StandardCharsets.UTF_8);
            return StyledTree.read(scalar.origin().path(), text, Limits.FILE)
                    .filter(document -> !document.root().isNull())
                    .orElse(null);
        } catch (FaultException noYaml) {
            return null;
        }
    }

    private static String written(StyledTree document, String before) {
        char first = before.strip().charAt(0);
        if (first != '{' && first != '[') return StyledYaml.text(document).strip();
        var value = Values.of(document.root());
        boolean pretty = before.contains("\n") && before.contains("  ");
        return pretty ? pretty(value, "") : Hashes.goJson(value);
    }

    private static String pretty(Value value, String indent) {
        var inner = indent + "  ";
        return switch (value) {
            case Mapping fields
            when !fields.isEmpty() -> {
                var text = new StringBuilder("{");
                var between = "\n";
                for (int at : fields.sortedPositions()) {
                    text.append(between).append(inner).append(Hashes.goJson(Value.of(fields.keyAt(at))));
                    text.append(": ").append(pretty(fields.valueAt(at), inner));
                    between = ",\n";
                }
                yield text.append('\n').append(indent).append('}').toString();
            }
            case Sequence items
            when !items.isEmpty() -> {
                var text = new StringBuilder("[");
                var between = "\n";
                for (var item : items) {
                    text.append(between).append(inner).append(pretty(item, inner));
                    between = ",\n";
                }
                yield text.append('\n').append(indent).append(']').toString();
            }
            default -> Hashes.goJson(value);
        };
    }
}
