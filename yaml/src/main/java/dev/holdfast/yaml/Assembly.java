package dev.holdfast.yaml;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.Leaves.Key;
import dev.holdfast.yaml.Token.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A map while its fields come in, under a dialect's rules for `<<` and for keys that come twice.
abstract sealed class Assembly {

    static final String ARROWS = "<<";

    final Mapping.Builder fields;
    final Leaves leaves;

    private Assembly(Leaves leaves, Token first) {
        this.leaves = leaves;
        this.fields = Mapping.builder().origin(leaves.origin(first));
    }

    /// `first` is the token with which the value began.
    abstract void put(Key key, Token first, Value value);

    abstract Mapping mapping();

    /// The maps that `<<` names, the one that counts most at the end.
    final List<Mapping> merged(Key key, Token first, Value value) {
        if (value instanceof Mapping mapping) return List.of(mapping);
        if (value instanceof Sequence maps
                && !first.is(Kind.ALIAS)
                && maps.mappings().size() == maps.size()) {
            return maps.mappings().reversed();
        }
        throw leaves.error(key.token(), "<< merges a map or a list of maps only; quote the key if it is text");
    }

    /// As go-yaml v2 reads: everything takes effect where it stands.
    static final class InOrder extends Assembly {
        InOrder(Leaves leaves, Token first) {
            super(leaves, first);
        }

        @Override
        void put(Key key, Token first, Value value) {
            if (!key.merges()) {
                int before = fields.size();
                fields.put(key.text(), value);
                if (fields.size() == before) leaves.repeats(key, first);
                return;
            }
            for (var map : merged(key, first, value)) map.forEach(field -> fields.put(field.key(), field.value()));
        }

        @Override
        Mapping mapping() {
            return fields.build();
        }
    }

    /// As Kustomize reads: merged fields come after the written ones and never replace them. It also drops the
    /// first key `<<` of a map where that is quoted text (kyaml clears the merge key by its name).
    static final class KeysFirst extends Assembly {

        private @Nullable List<Mapping> merges;
        private Arrows arrows = Arrows.NONE;

        private enum Arrows {
            NONE,
            SEEN
        }

        KeysFirst(Leaves leaves, Token first) {
            super(leaves, first);
        }

        @Override
        void put(Key key, Token first, Value value) {
            boolean dropped = key.text().equals(ARROWS) && arrows == Arrows.NONE;
            if (key.text().equals(ARROWS)) arrows = Arrows.SEEN;
            if (key.merges()) {
                if (merges != null)
                    throw leaves.error(key.token(), "a second << in one map; list the maps: <<: [a, b]");
                merges = merged(key, first, value);
            } else if (!dropped) {
                if (fields.has(key.text())) {
                    throw leaves.error(key.token(), "the key '" + key.text() + "' stands twice in this map");
                }
                fields.put(key.text(), value);
            }
        }

        @Override
        Mapping mapping() {
            if (merges != null) {
                // the map that counts most comes first here, since nothing is replaced
                for (var map : merges.reversed()) map.forEach(this::merge);
            }
            return fields.build();
        }

        private void merge(Mapping.Field field) {
            if (!fields.has(field.key())) fields.put(field.key(), field.value());
        }
    }
}
