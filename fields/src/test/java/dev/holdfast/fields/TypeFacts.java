package dev.holdfast.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The same facts as {@link RawFacts}, read from a type.
final class TypeFacts {

    private TypeFacts() {}

    static List<String> of(String name, Type type) {
        var facts = new ArrayList<String>();
        boolean struct = type instanceof Type.MapOf map && !map.fields().isEmpty();
        if (!struct) {
            facts.add(name + " is " + words(type));
            return facts;
        }
        var map = (Type.MapOf) type;
        facts.add(name + " is " + (map.isAtomic() ? "atomic struct" : "struct"));
        for (var field : map.fields()) {
            var place = name + "." + field.name();
            facts.add(place + " is " + words(field.type()));
            if (field.required()) facts.add(place + " is required");
            if (field.patch().merges())
                facts.add(place + " merges by " + field.patch().mergeKey());
            if (field.patch().retainsKeys()) facts.add(place + " retains keys");
            if (field.patch().replaces()) facts.add(place + " is replaced");
        }
        return facts;
    }

    private static String words(Type type) {
        return switch (type) {
            case Type.Scalar scalar -> {
                var options = scalar.options().isEmpty() ? "" : " from " + String.join(", ", scalar.options());
                var format = scalar.format().isEmpty() ? "" : " of format " + scalar.format();
                yield switch (scalar.kind()) {
                            case TEXT -> "string";
                            case ANY -> "any scalar";
                            case INTEGER, NUMBER, BOOLEAN ->
                                scalar.kind().name().toLowerCase(Locale.ROOT);
                        }
                        + format
                        + options;
            }
            case Type.ListOf list ->
                switch (list.topology()) {
                            case ATOMIC -> "atomic list";
                            case SET -> "set";
                            case MAP -> "list by " + list.keys();
                        }
                        + " of " + words(list.items());
            case Type.MapOf map -> {
                var values = map.others();
                yield (map.isAtomic() ? "atomic " : "") + "map of " + (values == null ? "nothing" : words(values));
            }
            case Type.Any any -> any == Type.ATOMIC ? "anything, as a whole" : "anything";
            case Type.Named named -> {
                var override = named.override();
                yield "a " + named.name()
                        + (override == null ? "" : ", " + override.name().toLowerCase(Locale.ROOT));
            }
        };
    }
}
