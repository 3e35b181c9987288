package dev.holdfast.render.kustomize.tree;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonWriter;
import dev.holdfast.yaml.Meaning;
import dev.holdfast.yaml.NodeMaker;
import java.util.ArrayList;
import java.util.List;

/// Makes trees of what stands in a file. Aliases become copies, `<<` is merged.
final class TreeMaker implements NodeMaker<Node> {

    private static final String CORE = "tag:yaml.org,2002:";
    /// Kustomize reads its output once more, by way of JSON: the longest key that is found there with its quotes.
    private static final int LONGEST_KEY = 1_024;

    private final String path;

    TreeMaker(String path) {
        this.path = path;
    }

    @Override
    public Node scalar(String tag, String text, Quoting quoting, int line, int column) {
        var style = switch (quoting) {
            case PLAIN -> Node.Style.PLAIN;
            case SINGLE, DOUBLE, LITERAL, FOLDED -> Node.Style.QUOTED;
            case ABSENT -> Node.Style.ABSENT;
        };
        // a written tag counts more than quotes
        boolean unquoted = tag.startsWith(CORE) && !tag.equals(CORE + "str");
        return Node.scalar(
                meaning(tag, text, quoting), text, unquoted ? Node.Style.PLAIN : style, Origin.at(path, line, column));
    }

    /// The short tag; `!` alone says nothing.
    private static String meaning(String tag, String text, Quoting quoting) {
        if (tag.isEmpty() || tag.equals("!")) return quoting.quoted() ? Meaning.STRING : Meaning.tag(text);
        return tag.startsWith(CORE) ? "!!" + tag.substring(CORE.length()) : tag;
    }

    @Override
    public Node sequence(Form form, List<Node> items, int line, int column) {
        var node = Node.sequence(Origin.at(path, line, column));
        node.setContent(items);
        return node;
    }

    @Override
    public Fields<Node> fields(Form form, int depth, int line, int column) {
        return new Written(Node.mapping(Origin.at(path, line, column)), depth == 0 ? Keys.OF_OBJECT : Keys.INSIDE);
    }

    @Override
    public Node alias(Node anchored, String name) {
        return anchored.copy();
    }

    private static FaultException refused(Origin place, String reason) {
        return new FaultException(Fault.at(place, "InvalidYaml", "invalid YAML: " + reason, ""));
    }

    private enum Keys {
        /// The document's own map is read into one of texts, whatever its keys are.
        OF_OBJECT,
        /// Only a map of texts has a JSON form.
        INSIDE
    }

    private final class Written implements Fields<Node> {

        private enum Next {
            FIELD,
            MERGE,
            /// Kustomize clears the merge key by its name: the first that is called so, quoted or not.
            NOTHING
        }

        private final Node node;
        private final Keys keys;
        private final ArrayList<Node> merged = new ArrayList<>(0);
        private Next next = Next.FIELD;
        private String key = "";
        private boolean arrowsSeen;
        private boolean mergeSeen;

        Written(Node node, Keys keys) {
            this.node = node;
            this.keys = keys;
        }

        @Override
        public void key(String tag, String text, Quoting quoting, int line, int column) {
            key = text;
            var means = meaning(tag, text, quoting);
            boolean arrows = text.equals("<<");
            if (means.equals(Meaning.MERGE)) {
                if (mergeSeen) throw refused(Origin.at(path, line, column), "duplicate merge key <<");
                mergeSeen = true;
                next = Next.MERGE;
            } else {
                next = arrows && !arrowsSeen ? Next.NOTHING : Next.FIELD;
            }
            arrowsSeen |= arrows;
            if (next != Next.FIELD) return;
            // a key that is left out is the empty text
            boolean fits = means.equals(Meaning.STRING)
                    || quoting == Quoting.ABSENT
                    || keys == Keys.OF_OBJECT && !means.equals(Meaning.NULL);
            if (!fits) {
                throw refused(Origin.at(path, line, column), "the key '" + text + "' is no string; put it in quotes");
            }
            if (means.equals(Meaning.BINARY)) key = Meaning.binary(text).orElse(text);
            if (text.length() * 6 + 2 > LONGEST_KEY
                    && JsonWriter.text(Value.of(text)).length() > LONGEST_KEY) {
                throw refused(Origin.at(path, line, column), "a key of more than 1,024 characters");
            }
        }

        @Override
        public void value(Node value, Presence presence, int line) {
            switch (next) {
                // a key that stands twice is refused where the object is printed, so a patch may have one
                case FIELD -> node.append(key, value);
                case MERGE -> merged.addAll(maps(value));
                case NOTHING -> {}
            }
        }

        /// What `<<` names; the first map that has a key wins, and keys written beside `<<` win over all.
        private static List<Node> maps(Node value) {
            if (value.isMapping()) return List.of(value);
            boolean list = value.isSequence() && value.content().stream().allMatch(Node::isMapping);
            if (!list) throw refused(value.origin(), "map merge requires map or sequence of maps as the value");
            return value.content();
        }

        @Override
        public Node mapping() {
            for (var map : merged) {
                for (int i = 0; i < map.size(); i++) {
                    if (node.get(map.key(i)) == null)
                        node.append(map.key(i), map.item(i).copy());
                }
            }
            return node;
        }
    }
}
