package dev.holdfast.render.kustomize.tree;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.Meaning;
import java.util.ArrayList;

/// Trees to values: what is printed. Kustomize prints a tree as YAML, reads that again and turns it into JSON; so a
/// scalar means what its printed form would be read as.
public final class Values {

    private Values() {}

    /// @throws FaultException terminal, where a scalar's tag does not fit its text or has no JSON form
    public static Value of(Node node) {
        return switch (node.kind()) {
            case SCALAR -> scalar(node);
            case SEQUENCE -> {
                var items = new ArrayList<Value>(node.size());
                for (var item : node.content()) items.add(of(item));
                yield Sequence.of(items, node.origin());
            }
            case MAPPING -> mapping(node);
        };
    }

    public static Mapping mapping(Node node) {
        var fields = Mapping.builder().origin(node.origin());
        for (int i = 0; i < node.size(); i++) {
            fields.put(node.key(i), of(node.item(i)));
            if (fields.size() == i) {
                throw refused(node.item(i), "mapping key \"" + node.key(i) + "\" already defined");
            }
        }
        return fields.build();
    }

    private static Value scalar(Node node) {
        var text = node.text();
        var resolved = Meaning.tag(text);
        boolean string = node.tag().equals(Meaning.STRING);
        boolean tagPrinted = !node.tag().isEmpty() && !string && !node.tag().equals(resolved);
        if (tagPrinted) return tagged(node, resolved);
        boolean quoted = node.style() == Node.Style.QUOTED
                || node.style() == Node.Style.ABSENT && text.isEmpty()
                || text.indexOf('\n') >= 0
                || string && !resolved.equals(Meaning.STRING);
        if (quoted) return new Value.Text(text, node.origin());
        return Meaning.value(text, node.origin()).orElseThrow(() -> refused(node, "it has no JSON form"));
    }

    private static Value tagged(Node node, String resolved) {
        var text = node.text();
        return switch (node.tag()) {
            case Meaning.FLOAT -> {
                if (Meaning.value(text, node.origin()).orElse(Value.none()) instanceof Value.Whole whole) yield whole;
                throw refused(node, "cannot decode " + resolved + " `" + text + "` as a !!float");
            }
            case Meaning.INTEGER, Meaning.BOOLEAN, Meaning.TIMESTAMP, Meaning.NULL ->
                throw refused(node, "cannot decode " + resolved + " `" + text + "` as a " + node.tag());
            case Meaning.BINARY ->
                new Value.Text(
                        Meaning.binary(text)
                                .orElseThrow(() -> refused(node, "!!binary value contains invalid base64 data")),
                        node.origin());
            default -> new Value.Text(text, node.origin());
        };
    }

    private static FaultException refused(Node node, String reason) {
        return new FaultException(Fault.at(node.origin(), "InvalidYaml", "invalid YAML: " + reason, ""));
    }

    /// For messages; never fails.
    static String shown(Node node) {
        return switch (node.kind()) {
            case SCALAR -> node.text();
            case SEQUENCE -> node.content().toString();
            case MAPPING -> {
                var text = new StringBuilder("{");
                for (int i = 0; i < node.size(); i++) {
                    if (i > 0) text.append(", ");
                    text.append(node.key(i)).append(": ").append(shown(node.item(i)));
                }
                yield text.append('}').toString();
            }
        };
    }
}
