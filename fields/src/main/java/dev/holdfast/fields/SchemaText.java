package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The compact text of a definition. Its first line is `@name` and the kinds that it defines; a definition that is
/// not a plain struct has its type on a second line `= type`. Then one field a line: `name type facts…`.
///
/// Types: `s` text, `i` integer, `n` number, `b` boolean, `x` any scalar, each with `:format`; a text with options
/// is `s(A|B)`, a space in them is `_`; `&name` another definition, `&!name` that owned as a whole, `&.name` that
/// with fields of their own; `[T` an atomic list, `[=T` a set, `[k,l|T` a list whose items are told apart by `k`
/// and `l`; `{T` a map, `{!T` an atomic one, `{` a struct of the fields that follow, `{!` an atomic one; `*` any
/// shape, `*!` any shape, owned as a whole.
///
/// Facts: `!` required, `+` merged by a strategic patch, `+k` merged by key k, `-` retaining keys, `/` replaced; `=V`
/// what a
/// missing key counts as; `~V` what the server prints where nothing was set.
final class SchemaText {

    /// What most definitions' names start with, shortened in the text.
    private static final String[][] PREFIXES = {
        {"io.k8s.apimachinery.pkg.apis.meta.", "meta."},
        {"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.", "apiextensions."},
        {"io.k8s.kube-aggregator.pkg.apis.apiregistration.", "apiregistration."},
        {"io.k8s.apimachinery.pkg.", "pkg."},
        {"io.k8s.api.", ""},
    };

    private final Type.Definitions definitions;
    private String text = "";
    private int at;

    private SchemaText(Type.Definitions definitions) {
        this.definitions = definitions;
    }

    static String shortName(String name) {
        for (var prefix : PREFIXES) {
            if (name.startsWith(prefix[0])) return prefix[1] + name.substring(prefix[0].length());
        }
        return name;
    }

    static String longName(String name) {
        for (var prefix : PREFIXES) {
            if (name.startsWith(prefix[1])) return prefix[0] + name.substring(prefix[1].length());
        }
        return name;
    }

    static Type parse(String block, Type.Definitions definitions) {
        var lines = block.split("\n", -1);
        var reader = new SchemaText(definitions);
        var fields = new ArrayList<StructField>();
        @Nullable Type own = null;
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].isEmpty() || lines[i].startsWith("#")) continue;
            if (lines[i].startsWith("= ")) own = reader.type(lines[i].substring(2));
            else fields.add(reader.field(lines[i]));
        }
        if (own instanceof Type.MapOf map && !fields.isEmpty()) return new Type.MapOf(map.granularity(), fields, null);
        return own != null ? own : Type.MapOf.struct(fields);
    }

    private StructField field(String line) {
        var words = line.split(" ", -1);
        var field = StructField.of(words[0], type(words[1]));
        Set<String> strategies = new TreeSet<>();
        var mergeKey = "";
        for (int i = 2; i < words.length; i++) {
            var rest = words[i].substring(1);
            switch (words[i].charAt(0)) {
                case '!' -> field = field.asRequired();
                case '+' -> {
                    strategies.add("merge");
                    mergeKey = rest;
                }
                case '-' -> strategies.add("retainKeys");
                case '/' -> strategies.add("replace");
                case '=' -> field = field.withPreset(value(rest));
                case '~' -> field = field.withBlank(value(rest));
                default -> throw new IllegalStateException("unknown fact `" + words[i] + "` in `" + line + "`");
            }
        }
        return field.with(MergeStrategy.of(String.join(",", strategies), mergeKey));
    }

    private static Value value(String text) {
        return text.startsWith("{") ? Mapping.EMPTY : text.startsWith("[") ? Sequence.EMPTY : JsonText.parse(text);
    }

    private Type type(String word) {
        text = word;
        at = 0;
        return type();
    }

    private Type type() {
        if (at == text.length()) return Type.DEDUCED;
        char first = text.charAt(at++);
        return switch (first) {
            case 's' -> scalar(Type.Scalar.Kind.TEXT);
            case 'i' -> scalar(Type.Scalar.Kind.INTEGER);
            case 'n' -> scalar(Type.Scalar.Kind.NUMBER);
            case 'b' -> scalar(Type.Scalar.Kind.BOOLEAN);
            case 'x' -> scalar(Type.Scalar.Kind.ANY);
            case '*' -> at < text.length() ? Type.ATOMIC : Type.DEDUCED;
            case '&' -> named();
            case '[' -> list();
            case '{' ->
                new Type.MapOf(taken('!') ? Type.Granularity.ATOMIC : Type.Granularity.GRANULAR, List.of(), type());
            default -> throw new IllegalStateException("unknown type `" + text + "`");
        };
    }

    private Type scalar(Type.Scalar.Kind kind) {
        var options = new ArrayList<String>();
        if (taken('(')) {
            int close = text.indexOf(')', at);
            options.addAll(List.of(text.substring(at, close).replace('_', ' ').split("\\|", -1)));
            at = close + 1;
        }
        return new Type.Scalar(kind, taken(':') ? text.substring(at) : "", options);
    }

    private Type named() {
        Type.@Nullable Granularity override = null;
        if (taken('!')) override = Type.Granularity.ATOMIC;
        else if (taken('.')) override = Type.Granularity.GRANULAR;
        return new Type.Named(longName(text.substring(at)), definitions, override);
    }

    private Type list() {
        if (taken('=')) return Type.ListOf.set(type());
        int bar = text.indexOf('|', at);
        int options = text.indexOf('(', at);
        if (bar < 0 || options >= 0 && options < bar) return Type.ListOf.atomic(type());
        var keys = List.of(text.substring(at, bar).split(",", -1));
        at = bar + 1;
        return new Type.ListOf(Type.ListOf.Topology.MAP, keys, type());
    }

    private boolean taken(char wanted) {
        if (at == text.length() || text.charAt(at) != wanted) return false;
        at++;
        return true;
    }
}
