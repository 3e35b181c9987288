package dev.holdfast.render.kustomize.transform;

import dev.holdfast.render.kustomize.tree.Look;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.StyledTree;
import dev.holdfast.yaml.Meaning;
import dev.holdfast.yaml.NodeMaker.Form;
import dev.holdfast.yaml.NodeMaker.Placing;
import dev.holdfast.yaml.NodeMaker.Quoting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a tree as Kustomize writes a text that it has changed: quotes, blocks, brackets, anchors and comments as
/// they were, two columns of indentation, lists in the column of their key, no empty lines but after a comment at
/// the top, no folding.
final class StyledYaml {

    private final StringBuilder out = new StringBuilder();
    private final List<StyledTree.Comment> comments;
    private int nextComment;

    private StyledYaml(List<StyledTree.Comment> comments) {
        this.comments = comments;
    }

    static String text(StyledTree tree) {
        var writer = new StyledYaml(tree.comments());
        writer.top(tree.root());
        return writer.out.toString();
    }

    private void top(Node root) {
        if (isBlock(root)) block(root, "", Integer.MAX_VALUE);
        else inline(root, "");
        above(Integer.MAX_VALUE, 0, "");
    }

    private static boolean isBlock(Node node) {
        if (node.isScalar() || node.size() == 0) return false;
        var look = node.look();
        return look == null || look.form() == Form.BLOCK && look.alias().isEmpty();
    }

    /// `end` is the line where what follows begins.
    private void block(Node node, String indent, int end) {
        for (int i = 0; i < node.size(); i++) {
            int next = i + 1 < node.size() ? line(node, i + 1) : end;
            if (node.isMapping()) {
                int line = line(node, i);
                above(line, 0, indent);
                freshLine(indent);
                out.append(key(node, i)).append(':');
                value(node.item(i), line, indent, next);
            } else {
                item(node.item(i), indent, next);
            }
        }
        var look = node.look();
        // what is left at this depth stands below the last entry
        if (look != null && look.column() > 1) above(end, look.column(), indent);
    }

    private void item(Node item, String indent, int end) {
        int line = firstLine(item);
        above(line, 0, indent);
        freshLine(indent);
        out.append("- ");
        if (isBlock(item)) {
            anchor(item);
            block(item, indent + "  ", end);
        } else {
            inline(item, indent);
            behind(line);
        }
    }

    private static int firstLine(Node node) {
        var look = node.look();
        if (look != null && !look.keys().isEmpty())
            return look.keys().getFirst().line();
        return look == null ? 0 : look.line();
    }

    private void value(Node value, int line, String indent, int end) {
        if (!isBlock(value)) {
            int before = out.length();
            out.append(' ');
            inline(value, indent);
            if (out.length() == before + 1) out.setLength(before);
            behind(line);
            return;
        }
        anchor(value);
        behind(line);
        out.append('\n');
        block(value, value.isSequence() ? indent : indent + "  ", end);
    }

    private void anchor(Node node) {
        var look = node.look();
        if (look != null && !look.anchor().isEmpty()) out.append(" &").append(look.anchor());
    }

    /// A new line, unless a mark of a list has begun it.
    private void freshLine(String indent) {
        boolean begun = out.length() >= 2 && out.charAt(out.length() - 1) == ' ' && out.charAt(out.length() - 2) == '-';
        if (begun) return;
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') out.append('\n');
        out.append(indent);
    }

    /// The comments in lines of their own before a line, those at a column or right of it.
    private void above(int line, int column, String indent) {
        int last = 0;
        boolean top = out.isEmpty();
        while (nextComment < comments.size()) {
            var comment = comments.get(nextComment);
            if (comment.line() >= line || comment.column() < column) break;
            nextComment++;
            if (comment.placing() == Placing.AFTER_CONTENT) continue;
            if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') out.append('\n');
            if (last > 0 && comment.line() > last + 1) out.append('\n');
            out.append(indent).append(comment.text()).append('\n');
            last = comment.line();
        }
        if (top && last > 0 && line > last + 1) out.append('\n');
    }

    /// The comment behind what was written of a line.
    private void behind(int line) {
        if (nextComment == comments.size()) return;
        var comment = comments.get(nextComment);
        if (comment.placing() != Placing.AFTER_CONTENT || comment.line() != line) return;
        nextComment++;
        out.append(' ').append(comment.text());
    }

    /// Where an item or a key begins; 0 where it was made.
    private static int line(Node node, int position) {
        if (node.isSequence()) return firstLine(node.item(position));
        var look = node.look();
        return look == null || position >= look.keys().size()
                ? 0
                : look.keys().get(position).line();
    }

    private static String key(Node node, int position) {
        var look = node.look();
        var quoting = look == null || position >= look.keys().size()
                ? Quoting.PLAIN
                : look.keys().get(position).quoting();
        return ScalarText.of(node.key(position), quoting, Form.FLOW);
    }

    private void inline(Node node, String indent) {
        var look = node.look();
        if (look != null && !look.alias().isEmpty()) {
            out.append('*').append(look.alias());
            return;
        }
        if (look != null && !look.anchor().isEmpty())
            out.append('&').append(look.anchor()).append(' ');
        if (node.isScalar()) scalar(node, look, indent, Form.BLOCK);
        else flow(node);
    }

    private void scalar(Node node, @Nullable Look look, String indent, Form around) {
        var quoting = look == null ? Quoting.PLAIN : look.quoting();
        var text = node.text();
        var means = quoting.quoted() ? Meaning.STRING : Meaning.tag(text);
        boolean tagged = !node.tag().isEmpty() && !node.tag().equals(means);
        if (tagged && node.tag().equals(Meaning.STRING)) quoting = Quoting.DOUBLE;
        else if (tagged) out.append(node.tag()).append(' ');
        boolean lines = quoting == Quoting.PLAIN && text.indexOf('\n') >= 0;
        if (around == Form.BLOCK && quoting == Quoting.FOLDED) out.append(ScalarText.folded(text, indent));
        else if (around == Form.BLOCK && (lines || quoting == Quoting.LITERAL)) {
            out.append(ScalarText.literal(text, indent));
        } else out.append(ScalarText.of(text, quoting, around));
    }

    private void flow(Node node) {
        out.append(node.isMapping() ? '{' : '[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) out.append(", ");
            if (node.isMapping()) out.append(key(node, i)).append(": ");
            var item = node.item(i);
            var look = item.look();
            if (look != null && !look.alias().isEmpty()) out.append('*').append(look.alias());
            else if (item.isScalar()) scalar(item, look, "", Form.FLOW);
            else flow(item);
        }
        out.append(node.isMapping() ? '}' : ']');
    }
}
