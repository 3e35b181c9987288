package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an API says about a value: how it is shaped, how it merges, and who can own what inside it.
public sealed interface Type permits Type.Scalar, Type.ListOf, Type.MapOf, Type.Any, Type.Named {

    /// The types that a value has where no schema tells. Maps are granular, lists are atomic.
    Any DEDUCED = Any.deduced();

    /// A value of unknown shape that is owned as a whole.
    Any ATOMIC = Any.atomic();

    /// A value without inner structure. `format` is OpenAPI's (`int32`, `date-time`, `quantity`, …) or empty;
    /// `options` are the allowed texts, where the API lists them.
    record Scalar(Kind kind, String format, List<String> options) implements Type {

        public static final Scalar ANY = new Scalar(Kind.ANY, "", List.of());
        public static final Scalar TEXT = new Scalar(Kind.TEXT, "", List.of());
        public static final Scalar BOOLEAN = new Scalar(Kind.BOOLEAN, "", List.of());
        public static final Scalar INTEGER = new Scalar(Kind.INTEGER, "", List.of());
        public static final Scalar NUMBER = new Scalar(Kind.NUMBER, "", List.of());

        public Scalar {
            options = List.copyOf(options);
        }

        public Scalar(Kind kind, String format) {
            this(kind, format, List.of());
        }

        /// `ANY` takes texts, numbers and booleans: IntOrString, quantities, times.
        public enum Kind {
            TEXT,
            INTEGER,
            NUMBER,
            BOOLEAN,
            ANY
        }
    }

    /// A list. Atomic lists are owned as a whole; the items of a set are told apart by value, those of a map by
    /// `keys`.
    record ListOf(Topology topology, List<String> keys, Type items) implements Type {
        public ListOf {
            keys = List.copyOf(keys);
        }

        public static ListOf atomic(Type items) {
            return new ListOf(Topology.ATOMIC, List.of(), items);
        }

        public static ListOf set(Type items) {
            return new ListOf(Topology.SET, List.of(), items);
        }

        public static ListOf map(Type items, String... keys) {
            return new ListOf(Topology.MAP, List.of(keys), items);
        }

        public boolean isAtomic() {
            return topology == Topology.ATOMIC;
        }

        public enum Topology {
            ATOMIC,
            SET,
            MAP
        }
    }

    /// A struct, a map, or both: declared fields, and the type of all other keys (null: there are none).
    final class MapOf implements Type {
        private final Granularity granularity;
        private final FieldTable fields;
        private final @Nullable Type others;

        public MapOf(Granularity granularity, List<StructField> fields, @Nullable Type others) {
            this(granularity, FieldTable.of(fields), others);
        }

        private MapOf(Granularity granularity, FieldTable fields, @Nullable Type others) {
            this.granularity = granularity;
            this.fields = fields;
            this.others = others;
        }

        public static MapOf struct(List<StructField> fields) {
            return new MapOf(Granularity.GRANULAR, fields, null);
        }

        public static MapOf of(Type values) {
            return new MapOf(Granularity.GRANULAR, List.of(), values);
        }

        public Granularity granularity() {
            return granularity;
        }

        public boolean isAtomic() {
            return granularity == Granularity.ATOMIC;
        }

        /// The declared fields, sorted by name.
        public List<StructField> fields() {
            return fields.sorted();
        }

        public @Nullable StructField field(String name) {
            return fields.find(name);
        }

        /// The type of keys that are not declared; null where unknown keys are an error.
        public @Nullable Type others() {
            return others;
        }

        /// The type at a key; null where the schema has none.
        public @Nullable Type at(String key) {
            var field = fields.find(key);
            return field == null ? others : field.type();
        }

        /// The same map with another granularity, as a reference can ask for.
        MapOf as(Granularity other) {
            return other == granularity ? this : new MapOf(other, fields, others);
        }
    }

    enum Granularity {
        /// Every key has its own owners.
        GRANULAR,
        /// Owned, replaced and compared as a whole.
        ATOMIC
    }

    /// Any shape: a scalar, or this list, or this map, as the value has it.
    final class Any implements Type {
        private final ListOf list;
        private final MapOf map;

        public Any(ListOf list, MapOf map) {
            this.list = list;
            this.map = map;
        }

        private Any(Granularity granularity) {
            this.list = ListOf.atomic(this);
            this.map = new MapOf(granularity, List.of(), this);
        }

        private static Any deduced() {
            return new Any(Granularity.GRANULAR);
        }

        private static Any atomic() {
            return new Any(Granularity.ATOMIC);
        }

        public ListOf list() {
            return list;
        }

        public MapOf map() {
            return map;
        }
    }

    /// A type by name, looked up when it is first needed: types can be recursive, and most of a large schema is
    /// never used.
    final class Named implements Type {
        private static final int HOPS = 16;

        private final String name;
        private final Definitions definitions;
        private final @Nullable Granularity override;
        /// A race looks it up twice, which does no harm.
        private @Nullable Type target;

        public Named(String name, Definitions definitions) {
            this(name, definitions, null);
        }

        public Named(String name, Definitions definitions, @Nullable Granularity override) {
            this.name = name;
            this.definitions = definitions;
            this.override = override;
        }

        public String name() {
            return name;
        }

        public @Nullable Granularity override() {
            return override;
        }

        /// A name that nobody defines is a value of any shape: the server decides.
        private Type target() {
            var known = target;
            if (known != null) return known;
            @Nullable Type found = definitions.find(name);
            for (int hop = 0; found instanceof Named next && hop < HOPS; hop++)
                found = next.definitions.find(next.name);
            if (found == null || found instanceof Named) found = DEDUCED;
            var overriding = override;
            if (overriding != null && found instanceof MapOf map) found = map.as(overriding);
            target = found;
            return found;
        }
    }

    /// Types by name.
    interface Definitions {
        @Nullable
        Type find(String name);
    }

    /// The type itself, never a name.
    default Type resolved() {
        return this instanceof Named named ? named.target() : this;
    }

    /// The map that this type is or can be.
    default @Nullable MapOf asMap() {
        return switch (resolved()) {
            case MapOf map -> map;
            case Any any -> any.map();
            case Scalar _, ListOf _, Named _ -> null;
        };
    }

    /// The list that this type is or can be.
    default @Nullable ListOf asList() {
        return switch (resolved()) {
            case ListOf list -> list;
            case Any any -> any.list();
            case Scalar _, MapOf _, Named _ -> null;
        };
    }

    /// The type one step further in; null where the schema has none.
    default @Nullable Type below(PathElement element) {
        return switch (element) {
            case PathElement.Field(var name) -> asMap() instanceof MapOf map ? map.at(name) : null;
            case PathElement.Key _, PathElement.Item _, PathElement.Index _ ->
                asList() instanceof ListOf list ? list.items() : null;
        };
    }

    /// The type as this value has it: never a name, and never `Any`. Null counts as a map, as in the API server.
    default Type shapedAs(@Nullable Value value) {
        var type = resolved();
        if (!(type instanceof Any any)) return type;
        return switch (value) {
            case Sequence _ -> any.list();
            case Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> Scalar.ANY;
            case Mapping _, Value.Null _ -> any.map();
            case null -> any.map();
        };
    }
}
