package dev.holdfast.render.kustomize.tree;

import dev.holdfast.model.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Paths into a tree, written with a delimiter: `spec/template`, `spec.containers.[name=app].image`. A backslash
/// before the delimiter makes it part of a name.
public final class Paths {

    private Paths() {}

    public static List<String> split(String path, char delimiter) {
        var parts = new ArrayList<String>();
        var rest = path.length() > 1 && path.charAt(0) == delimiter ? path.substring(1) : path;
        var part = new StringBuilder();
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c != delimiter) {
                part.append(c);
            } else if (!part.isEmpty() && part.charAt(part.length() - 1) == '\\') {
                part.setCharAt(part.length() - 1, delimiter);
            } else {
                parts.add(part.toString());
                part.setLength(0);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /// As {@link #split} by dots, with brackets kept together: `[name=a.b]` is one part, `[a.b]` the name `a.b`.
    public static List<String> splitFieldPath(String path) {
        var parts = new ArrayList<String>();
        var split = split(path, '.');
        for (int i = 0; i < split.size(); i++) {
            var part = split.get(i);
            if (!part.startsWith("[") || part.endsWith("]")) {
                parts.add(part);
                continue;
            }
            var whole = new StringBuilder(part);
            while (i < split.size() - 1) {
                i++;
                whole.append('.').append(split.get(i));
                if (split.get(i).endsWith("]")) break;
            }
            var bracketed = whole.toString();
            parts.add(bracketed.contains("=") ? bracketed : trimBrackets(bracketed));
        }
        return parts;
    }

    private static String trimBrackets(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBracket(text.charAt(from))) from++;
        while (to > from && isBracket(text.charAt(to - 1))) to--;
        return text.substring(from, to);
    }

    private static boolean isBracket(char c) {
        return c == '[' || c == ']';
    }

    public static boolean isListIndex(String part) {
        return part.startsWith("[") && part.endsWith("]");
    }

    /// A position in a list; -1 where the part is no number.
    public static int position(String part) {
        if (part.isEmpty() || part.length() > 9) return -1;
        for (int i = 0; i < part.length(); i++) {
            if (!Character.isDigit(part.charAt(i))) return -1;
        }
        return Integer.parseInt(part);
    }

    /// The name and the value of `[name=value]`.
    static String[] condition(String part, Node place) {
        var inner = part.substring(part.startsWith("[") ? 1 : 0, part.endsWith("]") ? part.length() - 1 : part.length());
        int equals = inner.indexOf('=');
        if (equals < 0) {
            throw Refusal.at(
                    place.origin(), "list path element must contain fieldName=fieldValue for element to match");
        }
        return new String[] {inner.substring(0, equals), inner.substring(equals + 1)};
    }

    /// What stands at a path; null where there is nothing. A name leads into a map, a number, `-` (the last) and
    /// `[name=value]` into a list.
    /// @throws dev.holdfast.model.FaultException where a step meets another kind of node
    public static @Nullable Node lookup(Node root, List<String> path) {
        Node at = root;
        for (var written : path) {
            var part = written.strip();
            if (part.isEmpty()) continue;
            if (at.isNull()) return null;
            var next = step(at, part);
            if (next == null) return null;
            at = next;
        }
        return at;
    }

    public static @Nullable Node lookup(Node root, String... path) {
        return lookup(root, List.of(path));
    }

    private static @Nullable Node step(Node at, String part) {
        int position = position(part);
        if (position >= 0 || part.equals("-")) {
            require(at, Node.Kind.SEQUENCE);
            int wanted = position < 0 ? at.size() - 1 : position;
            return wanted >= 0 && wanted < at.size() ? at.item(wanted) : null;
        }
        if (part.equals("*")) throw Refusal.at(at.origin(), "wildcard is not supported in PathGetter");
        if (isListIndex(part)) {
            require(at, Node.Kind.SEQUENCE);
            var condition = condition(part, at);
            return Lists.find(at, List.of(condition[0]), List.of(condition[1]));
        }
        require(at, Node.Kind.MAPPING);
        return at.get(part);
    }

    /// What stands at a path of names; maps on the way and a node of `kind` at the end are made where they are
    /// missing. Null where the way ends at a null.
    public static @Nullable Node lookupCreate(Node root, Node.Kind kind, List<String> path, Origin origin) {
        Node at = root;
        for (int i = 0; i < path.size(); i++) {
            if (at.isNull()) return null;
            var part = path.get(i);
            var next = isListIndex(part) || position(part) >= 0 || part.equals("-") ? step(at, part) : null;
            if (next == null) {
                require(at, Node.Kind.MAPPING);
                next = at.get(part);
            }
            if (next == null) {
                next = Node.empty(kindBefore(i + 1 < path.size() ? path.get(i + 1) : "", kind), origin);
                at.append(part, next);
            }
            at = next;
        }
        return at;
    }

    /// What must stand before a part of a path.
    static Node.Kind kindBefore(String next, Node.Kind last) {
        if (next.isEmpty()) return last;
        return isListIndex(next) || position(next) >= 0 ? Node.Kind.SEQUENCE : Node.Kind.MAPPING;
    }

    /// @throws dev.holdfast.model.FaultException where the node is of another kind and not null
    public static void require(Node node, Node.Kind kind) {
        if (node.isNull() || node.kind() == kind) return;
        throw wrongKind(node, kind);
    }

    private static RuntimeException wrongKind(Node node, Node.Kind kind) {
        return Refusal.at(
                node.origin(),
                "wrong node kind: expected " + word(kind) + " but got " + word(node.kind()) + ": node contents: "
                        + clipped(node));
    }

    private static String clipped(Node node) {
        var text = node.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static String word(Node.Kind kind) {
        return switch (kind) {
            case SCALAR -> "ScalarNode";
            case SEQUENCE -> "SequenceNode";
            case MAPPING -> "MappingNode";
        };
    }
}
