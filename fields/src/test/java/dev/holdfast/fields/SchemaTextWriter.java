package dev.holdfast.fields;

/// Prints types as {@link SchemaText} reads them.
final class SchemaTextWriter {

    private SchemaTextWriter() {}

    /// The lines after the first: the definition's own type where it is no plain struct, then its fields.
    static String lines(Type type) {
        var text = new StringBuilder();
        if (type instanceof Type.MapOf map && !map.fields().isEmpty()) {
            if (map.others() != null) throw new IllegalStateException("a struct with other keys has no text");
            if (map.isAtomic()) text.append("= {!\n");
            for (var field : map.fields()) text.append(field(field)).append('\n');
        } else {
            text.append("= ").append(type(type)).append('\n');
        }
        return text.toString();
    }

    static String field(StructField field) {
        var line = new StringBuilder(field.name()).append(' ').append(type(field.type()));
        if (field.required()) line.append(" !");
        if (field.patch().merges()) line.append(" +").append(field.patch().mergeKey());
        if (field.patch().retainsKeys()) line.append(" -");
        if (field.patch().replaces()) line.append(" /");
        var preset = field.preset();
        if (preset != null) line.append(" =").append(ValueOrder.text(preset));
        var blank = field.blank();
        if (blank != null) line.append(" ~").append(ValueOrder.text(blank));
        return line.toString();
    }

    static String type(Type type) {
        return switch (type) {
            case Type.Scalar scalar -> scalar(scalar);
            case Type.ListOf list ->
                switch (list.topology()) {
                    case ATOMIC -> "[" + type(list.items());
                    case SET -> "[=" + type(list.items());
                    case MAP -> "[" + String.join(",", list.keys()) + "|" + type(list.items());
                };
            case Type.MapOf map -> {
                var values = map.others();
                if (values == null || !map.fields().isEmpty()) throw new IllegalStateException("an inlined struct");
                yield "{" + (map.isAtomic() ? "!" : "") + (values == Type.DEDUCED ? "" : type(values));
            }
            case Type.Any any -> {
                if (any != Type.DEDUCED && any != Type.ATOMIC) throw new IllegalStateException("a declared any-shape");
                yield any == Type.ATOMIC ? "*!" : "*";
            }
            case Type.Named named -> {
                var override = named.override();
                var mark = override == null ? "" : override == Type.Granularity.ATOMIC ? "!" : ".";
                yield "&" + mark + SchemaText.shortName(named.name());
            }
        };
    }

    private static String scalar(Type.Scalar scalar) {
        var text = switch (scalar.kind()) {
            case TEXT -> "s";
            case INTEGER -> "i";
            case NUMBER -> "n";
            case BOOLEAN -> "b";
            case ANY -> "x";
        };
        var options = scalar.options().isEmpty()
                ? ""
                : "(" + String.join("|", scalar.options()).replace(' ', '_') + ")";
        return text + options + (scalar.format().isEmpty() ? "" : ":" + scalar.format());
    }
}
