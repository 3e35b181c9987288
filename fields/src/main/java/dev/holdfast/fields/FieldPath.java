package dev.holdfast.fields;

import java.util.ArrayList;
import java.util.List;

/// The place of a value in an object. Prints as the API server does: `.spec.containers[name="app"].image`.
public record FieldPath(List<PathElement> elements) implements Comparable<FieldPath> {

    public static final FieldPath ROOT = new FieldPath(List.of());

    public FieldPath {
        elements = List.copyOf(elements);
    }

    public static FieldPath of(PathElement... elements) {
        return new FieldPath(List.of(elements));
    }

    /// A path of fields only.
    public static FieldPath ofFields(String... names) {
        var elements = new ArrayList<PathElement>(names.length);
        for (var name : names) elements.add(new PathElement.Field(name));
        return new FieldPath(elements);
    }

    /// As people write it, with or without the leading dot, quotes only where needed:
    /// `spec.template.spec.containers[name=app].image`, `metadata.annotations["example.com/key"]`,
    /// `metadata.finalizers[=example.com/x]`. A text that starts with a slash is a JSON pointer; which of its
    /// numbers are positions shows where it is used ({@link Selection}). Throws {@link
    /// dev.holdfast.model.FaultException} (`InvalidFieldPath`).
    public static FieldPath parse(String text) {
        return text.startsWith("/") ? pointer(text) : new FieldPathReader(text).read();
    }

    private static FieldPath pointer(String text) {
        var elements = new ArrayList<PathElement>();
        for (var token : text.substring(1).split("/", -1)) {
            if (token.matches(".*~(?![01]).*"))
                throw FieldPathReader.problem(text, "`~` must be written `~0`, `/` `~1`");
            elements.add(new PathElement.Field(token.replace("~1", "/").replace("~0", "~")));
        }
        if (elements.size() > FieldPathReader.DEEPEST) throw FieldPathReader.problem(text, "it has too many steps");
        return new FieldPath(elements);
    }

    public FieldPath then(PathElement element) {
        var longer = new ArrayList<PathElement>(elements.size() + 1);
        longer.addAll(elements);
        longer.add(element);
        return new FieldPath(longer);
    }

    public boolean isRoot() {
        return elements.isEmpty();
    }

    public boolean startsWith(FieldPath prefix) {
        return prefix.elements.size() <= elements.size()
                && elements.subList(0, prefix.elements.size()).equals(prefix.elements);
    }

    @Override
    public int compareTo(FieldPath other) {
        int shared = Math.min(elements.size(), other.elements.size());
        for (int i = 0; i < shared; i++) {
            int compared = elements.get(i).compareTo(other.elements.get(i));
            if (compared != 0) return compared;
        }
        return Integer.compare(elements.size(), other.elements.size());
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var element : elements) text.append(element);
        return text.toString();
    }
}
