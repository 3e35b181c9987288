package dev.holdfast.render.kustomize.tree;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.Meaning;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All nodes that a path with conditions and wildcards leads to: names, positions, `*`, and `[name=expression]`,
/// where the expression is a regular expression that may match anywhere. What is missing can be created.
public final class FieldPaths {

    private final Node.@Nullable Kind create;
    private final Origin origin;
    private final List<Node> found = new ArrayList<>();

    private FieldPaths(Node.@Nullable Kind create, Origin origin) {
        this.create = create;
        this.origin = origin;
    }

    public static List<Node> find(Node root, List<String> path) {
        var paths = new FieldPaths(null, Origin.NONE);
        paths.walk(root, path);
        return paths.found;
    }

    /// @param kind what is made at the end of the path; `origin` is where it comes from
    public static List<Node> findOrCreate(Node root, List<String> path, Node.Kind kind, Origin origin) {
        var paths = new FieldPaths(kind, origin);
        paths.walk(root, path);
        return paths.found;
    }

    private void walk(Node node, List<String> path) {
        if (path.isEmpty()) {
            found.add(node);
            return;
        }
        var part = path.getFirst();
        if (Paths.position(part) >= 0) position(node, path);
        else if (Paths.isListIndex(part)) condition(node, path);
        else if (part.equals("*")) every(node, path);
        else field(node, path);
    }

    private static List<String> rest(List<String> path) {
        return path.subList(1, path.size());
    }

    private void field(Node node, List<String> path) {
        if (node.isNull()) return;
        Paths.require(node, Node.Kind.MAPPING);
        var field = node.get(path.getFirst());
        if (field == null) {
            if (create == null) return;
            field = Node.empty(kindAfter(path), origin);
            node.append(path.getFirst(), field);
        }
        if (field.isScalar() && !field.isNull() && path.size() > 1) {
            walk(structured(field), rest(path));
            return;
        }
        walk(field, rest(path));
    }

    /// A text that holds YAML or JSON is looked into.
    private static Node structured(Node field) {
        var documents = Trees.read(
                field.origin().path(), field.text().getBytes(StandardCharsets.UTF_8), Limits.FILE);
        return documents.isEmpty() ? Node.scalar(Meaning.NULL, "", Node.Style.PLAIN, field.origin()) : documents.getFirst();
    }

    private Node.Kind kindAfter(List<String> path) {
        return Paths.kindBefore(path.size() > 1 ? path.get(1) : "", create == null ? Node.Kind.SCALAR : create);
    }

    private void position(Node node, List<String> path) {
        Paths.require(node, Node.Kind.SEQUENCE);
        int position = Paths.position(path.getFirst());
        if (position == node.size() && create != null) node.add(Node.empty(kindAfter(path), origin));
        if (position >= node.size()) {
            throw Refusal.at(
                    node.origin(), "index " + position + " specified but only " + node.size() + " elements found");
        }
        walk(node.item(position), rest(path));
    }

    private void every(Node node, List<String> path) {
        Paths.require(node, Node.Kind.SEQUENCE);
        for (var item : List.copyOf(node.content())) walk(item, rest(path));
    }

    private void condition(Node node, List<String> path) {
        var condition = Paths.condition(path.getFirst(), node);
        Paths.require(node, Node.Kind.SEQUENCE);
        int before = found.size();
        matching(node, condition, path);
        if (found.size() > before || create == null) return;
        var value = Node.plain(condition[1], origin);
        if (condition[0].isEmpty()) {
            node.add(value);
        } else {
            var item = Node.mapping(origin);
            item.append(condition[0], value);
            node.add(item);
        }
        matching(node, condition, path);
    }

    private void matching(Node list, String[] condition, List<String> path) {
        var expression = compiled(condition[1], list);
        for (var item : List.copyOf(list.content())) {
            if (condition[0].isEmpty()) {
                if (expression.matcher(written(item)).find()) found.add(item);
                continue;
            }
            var field = item.get(condition[0]);
            if (field != null && expression.matcher(written(field)).find()) walk(item, rest(path));
        }
    }

    private static Pattern compiled(String expression, Node place) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException invalid) {
            throw Refusal.at(
                    place.origin(), "the regular expression '" + expression + "' is malformed: " + invalid.getMessage());
        }
    }

    /// As it would be printed.
    private static String written(Node node) {
        if (!node.isScalar()) return node.toString();
        boolean quoted = node.style() == Node.Style.QUOTED
                || node.tag().equals(Meaning.STRING)
                        && !Meaning.tag(node.text()).equals(Meaning.STRING);
        return quoted ? "\"" + node.text() + "\"" : node.text().strip();
    }

    /// Whether a text can be read as YAML.
    static boolean readable(Node scalar) {
        try {
            structured(scalar);
            return true;
        } catch (FaultException unreadable) {
            return false;
        }
    }
}
