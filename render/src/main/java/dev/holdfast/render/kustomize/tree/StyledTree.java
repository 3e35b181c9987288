package dev.holdfast.render.kustomize.tree;

import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.NodeMaker;
import dev.holdfast.yaml.NodeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A YAML text that will be written again as it is, but for a few fields: a tree whose nodes know their look, and
/// the comments of the text in their order.
public record StyledTree(Node root, List<Comment> comments) {

    /// `text` begins with its `#`.
    public record Comment(String text, NodeMaker.Placing placing, int line, int column) {}

    /// The first document; empty where there is none.
    /// @throws dev.holdfast.model.FaultException where it is no YAML
    public static Optional<StyledTree> read(String path, byte[] text, Limits limits) {
        var maker = new Maker(new TreeMaker(path));
        var documents = NodeReader.documents(path, text, limits, maker);
        return documents.isEmpty()
                ? Optional.empty()
                : Optional.of(new StyledTree(documents.getFirst(), maker.comments));
    }

    private static final class Maker implements NodeMaker<Node> {
        private final NodeMaker<Node> trees;
        private final List<Comment> comments = new ArrayList<>();

        Maker(NodeMaker<Node> trees) {
            this.trees = trees;
        }

        @Override
        public void comment(String text, Placing placing, int line, int column) {
            comments.add(new Comment(text.stripTrailing(), placing, line, column));
        }

        @Override
        public Node scalar(String tag, String text, Quoting quoting, int line, int column) {
            return seen(
                    trees.scalar(tag, text, quoting, line, column), Look.scalar(quoting, new Look.Place(line, column)));
        }

        @Override
        public Node sequence(Form form, List<Node> items, int line, int column) {
            return seen(
                    trees.sequence(form, items, line, column),
                    Look.collection(form, List.of(), new Look.Place(line, column)));
        }

        @Override
        public Fields<Node> fields(Form form, int depth, int line, int column) {
            var fields = trees.fields(form, depth, line, column);
            var keys = new ArrayList<Look.Key>();
            return new Fields<>() {
                @Override
                public void key(String tag, String text, Quoting quoting, int keyLine, int keyColumn) {
                    keys.add(new Look.Key(quoting, keyLine));
                    fields.key(tag, text, quoting, keyLine, keyColumn);
                }

                @Override
                public void value(Node value, Presence presence, int valueLine) {
                    fields.value(value, presence, valueLine);
                }

                @Override
                public Node mapping() {
                    return seen(fields.mapping(), Look.collection(form, keys, new Look.Place(line, column)));
                }
            };
        }

        @Override
        public Node alias(Node anchored, String name) {
            var node = trees.alias(anchored, name);
            var look = node.look();
            return look == null ? node : seen(node, look.aliased(name));
        }

        @Override
        public void anchored(Node node, String name) {
            var look = node.look();
            if (look != null) node.setLook(look.anchored(name));
        }

        private static Node seen(Node node, Look look) {
            node.setLook(look);
            return node;
        }
    }
}
