package dev.holdfast.render.kustomize.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A type that is put together by hand, see {@link KubernetesTypes}.
final class KnownType implements Definition {

    private final Map<String, Definition> fields = new LinkedHashMap<>();

    KnownType with(String field, Definition type) {
        fields.put(field, type);
        return this;
    }

    /// A list that is merged by keys; nothing is known of its items.
    KnownType merged(String field, String... keys) {
        return with(field, new ListOf(List.of(keys), null));
    }

    KnownType merged(String field, Definition items, String... keys) {
        return with(field, new ListOf(List.of(keys), items));
    }

    /// A list that a patch replaces.
    KnownType replaced(String field, Definition items) {
        return with(field, new Replaced(items));
    }

    @Override
    public @Nullable Definition field(String name) {
        return fields.get(name);
    }

    @Override
    public @Nullable Definition items() {
        return null;
    }

    @Override
    public boolean merges() {
        return false;
    }

    @Override
    public List<String> keys() {
        return List.of();
    }

    private record ListOf(List<String> keys, @Nullable Definition items) implements Definition {
        @Override
        public @Nullable Definition field(String name) {
            return null;
        }

        @Override
        public boolean merges() {
            return true;
        }
    }

    private record Replaced(Definition items) implements Definition {
        @Override
        public @Nullable Definition field(String name) {
            return null;
        }

        @Override
        public boolean merges() {
            return false;
        }

        @Override
        public List<String> keys() {
            return List.of();
        }
    }
}
