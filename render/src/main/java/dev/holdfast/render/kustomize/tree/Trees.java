package dev.holdfast.render.kustomize.tree;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonWriter;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.Meaning;
import dev.holdfast.yaml.NodeMaker;
import dev.holdfast.yaml.NodeReader;
import dev.holdfast.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Texts and values to trees.
public final class Trees {

    private static final String CORE = "tag:yaml.org,2002:";
    /// Kustomize reads its output once more, by way of JSON: the longest key that is found there with its quotes.
    private static final int LONGEST_KEY = 1_024;

    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./-]*");

    private Trees() {}

    /// The documents of a file. Aliases are replaced by copies, `<<` is merged; null documents are left out.
    /// @throws FaultException terminal, at the line
    public static List<Node> read(String path, byte[] file, Limits limits) {
        var documents = new ArrayList<>(NodeReader.documents(path, file, limits, new Maker()));
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
            case Value.Real _ -> Node.scalar(Meaning.FLOAT, JsonWriter.text(value), Node.Style.PLAIN, origin);
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

    /// How a text is written where it is written anew: in quotes if it would mean something else without, or could
    /// not stand there. It matters: what is put into the place of a quoted text later is a text, too.
    private static Node.Style style(String text) {
        if (SIMPLE.matcher(text).matches()) {
            boolean means = Meaning.isStringInOlderRules(text) && Meaning.tag(text).equals(Meaning.STRING);
            return means ? Node.Style.PLAIN : Node.Style.QUOTED;
        }
        char first = YamlWriter.text(Value.of(text)).charAt(0);
        return first == '"' || first == '\'' || first == '|' ? Node.Style.QUOTED : Node.Style.PLAIN;
    }

    private static FaultException refused(Origin place, String reason) {
        return new FaultException(Fault.at(place, "InvalidYaml", "invalid YAML: " + reason, ""));
    }

    private static final class Maker implements NodeMaker<Node> {

        @Override
        public Node scalar(String tag, String text, Quoting quoting, Origin origin) {
            boolean plain = quoting != Quoting.QUOTED;
            var style =
                    switch (quoting) {
                        case PLAIN -> Node.Style.PLAIN;
                        case QUOTED -> Node.Style.QUOTED;
                        case ABSENT -> Node.Style.ABSENT;
                    };
            // `!` alone says nothing
            if (tag.isEmpty() || tag.equals("!")) {
                return Node.scalar(plain ? Meaning.tag(text) : Meaning.STRING, text, style, origin);
            }
            if (!tag.startsWith(CORE)) return Node.scalar(tag, text, style, origin);
            // a written tag counts more than quotes
            var known = "!!" + tag.substring(CORE.length());
            return Node.scalar(known, text, known.equals(Meaning.STRING) ? style : Node.Style.PLAIN, origin);
        }

        @Override
        public Node sequence(String tag, List<Node> items, Origin origin) {
            var node = Node.sequence(origin);
            node.setContent(items);
            return node;
        }

        @Override
        public Node mapping(String tag, List<Node> keysAndValues, Origin origin) {
            var node = Node.mapping(origin);
            var merged = new ArrayList<Node>();
            var seen = keysAndValues.size() > 24 ? new TreeMap<String, Boolean>() : null;
            boolean mergeSeen = false;
            boolean arrowsSeen = false;
            for (int i = 0; i < keysAndValues.size(); i += 2) {
                var key = keysAndValues.get(i);
                var value = keysAndValues.get(i + 1);
                // Kustomize clears the merge key by its name: the first that is called so, quoted or not
                boolean cleared = key.text().equals("<<") && !arrowsSeen && !key.tag().equals(Meaning.MERGE);
                arrowsSeen |= key.text().equals("<<");
                if (cleared) continue;
                if (key.tag().equals(Meaning.MERGE)) {
                    if (mergeSeen) throw refused(key.origin(), "duplicate merge key <<");
                    mergeSeen = true;
                    merged.addAll(maps(value));
                    continue;
                }
                // a key that is left out among brackets is the empty text
                if (!key.isText() && key.style() != Node.Style.ABSENT) {
                    throw refused(key.origin(), "the key '" + key.text() + "' is no string; put it in quotes");
                }
                if (key.text().length() * 6 + 2 > LONGEST_KEY && JsonWriter.text(Value.of(key.text())).length() > LONGEST_KEY) {
                    throw refused(key.origin(), "a key of more than 1,024 characters");
                }
                boolean twice = seen == null ? node.keys().contains(key.text()) : seen.put(key.text(), true) != null;
                if (twice) throw refused(key.origin(), "mapping key \"" + key.text() + "\" already defined");
                node.append(key.text(), value);
            }
            for (var map : merged) {
                for (int i = 0; i < map.size(); i++) {
                    if (node.get(map.key(i)) == null) node.append(map.key(i), map.item(i).copy());
                }
            }
            return node;
        }

        /// What `<<` names; the first map that has a key wins, and keys written beside `<<` win over all.
        private static List<Node> maps(Node value) {
            if (value.isMapping()) return List.of(value);
            boolean list = value.isSequence() && value.content().stream().allMatch(Node::isMapping);
            if (!list) throw refused(value.origin(), "map merge requires map or sequence of maps as the value");
            return value.content();
        }

        @Override
        public Node alias(Node anchored) {
            return anchored.copy();
        }
    }
}
