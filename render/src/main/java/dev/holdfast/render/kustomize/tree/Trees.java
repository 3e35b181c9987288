package dev.holdfast.render.kustomize.tree;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonWriter;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.Meaning;
import dev.holdfast.yaml.NodeReader;
import dev.holdfast.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Texts and values to trees.
public final class Trees {

    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./-]*");

    private Trees() {}

    /// The documents of a file. Aliases are replaced by copies, `<<` is merged; null documents are left out.
    /// @throws FaultException terminal, at the line
    public static List<Node> read(String path, byte[] file, Limits limits) {
        var documents = new ArrayList<>(NodeReader.documents(path, file, limits, new TreeMaker(path)));
        documents.removeIf(Node::isNull);
        return documents;
    }

    public static Node of(Value value) {
        var origin = value.origin();
        return switch (value) {
            case Value.Null _ -> Node.scalar(Meaning.NULL, "null", Node.Style.PLAIN, origin);
            case Value.Bool(var truth, var _) ->
                Node.scalar(Meaning.BOOLEAN, Boolean.toString(truth), Node.Style.PLAIN, origin);
            case Value.Whole(var number, var _) ->
                Node.scalar(Meaning.INTEGER, Long.toString(number), Node.Style.PLAIN, origin);
            case Value.Real _ -> real(JsonWriter.text(value), origin);
            case Value.Text(var text, var _) -> Node.scalar(Meaning.STRING, text, style(text), origin);
            case Sequence items -> {
                var node = Node.sequence(origin);
                for (int i = 0; i < items.size(); i++) node.add(of(items.get(i)));
                yield node;
            }
            case Mapping fields -> {
                var node = Node.mapping(origin);
                for (int i = 0; i < fields.size(); i++) node.append(fields.keyAt(i), of(fields.valueAt(i)));
                yield node;
            }
        };
    }

    /// As {@link #of}, of a value that was JSON in between: there every number is a double.
    public static Node ofJson(Value value) {
        return of(doubles(value));
    }

    private static Value doubles(Value value) {
        return switch (value) {
            case Value.Whole(var number, var origin) -> Value.of((double) number, origin);
            case Sequence items -> items.map(Trees::doubles);
            case Mapping fields -> fields.map((key, field) -> doubles(field));
            case Value.Null _, Value.Bool _, Value.Real _, Value.Text _ -> value;
        };
    }

    /// The digits of a large one are an integer's.
    private static Node real(String digits, Origin origin) {
        return Node.scalar(Meaning.tag(digits), digits, Node.Style.PLAIN, origin);
    }

    /// How a text is written where it is written anew: in quotes if it would mean something else without, or could
    /// not stand there. It matters: what is put into the place of a quoted text later is a text, too.
    private static Node.Style style(String text) {
        if (SIMPLE.matcher(text).matches()) {
            boolean means =
                    Meaning.isStringInOlderRules(text) && Meaning.tag(text).equals(Meaning.STRING);
            return means ? Node.Style.PLAIN : Node.Style.QUOTED;
        }
        char first = YamlWriter.text(Value.of(text)).charAt(0);
        return first == '"' || first == '\'' || first == '|' ? Node.Style.QUOTED : Node.Style.PLAIN;
    }
}
