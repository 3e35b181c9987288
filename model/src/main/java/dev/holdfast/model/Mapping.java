package dev.holdfast.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A map from text to values, in the order in which it was written. Two arrays: most mappings of Kubernetes objects
/// have fewer than ten keys, where a scan beats a hash table in time and by a factor in memory; larger ones get a
/// sorted index. Equality ignores order.
public final class Mapping implements Value, Iterable<Mapping.Field> {

    private static final int SCANNED = 12;

    public static final Mapping EMPTY = new Mapping(new String[0], new Value[0], Origin.NONE);

    /// One key with its value.
    public record Field(String key, Value value) {}

    private final String[] keys;
    private final Value[] values;
    private final Origin origin;
    /// Positions in key order; built at the first lookup of a large mapping. A race builds it twice, which does no
    /// harm.
    private int @Nullable [] index;

    private Mapping(String[] keys, Value[] values, Origin origin) {
        this.keys = keys;
        this.values = values;
        this.origin = origin;
    }

    public static Mapping of(String key, Value value) {
        return new Mapping(new String[] {key}, new Value[] {value}, Origin.NONE);
    }

    public static Mapping of(Map<String, ? extends Value> entries) {
        var builder = new Builder();
        entries.forEach(builder::put);
        return builder.build();
    }

    /// A mapping of texts, in the map's order: labels, annotations.
    public static Mapping ofTexts(Map<String, String> entries) {
        var builder = new Builder();
        entries.forEach((key, text) -> builder.put(key, Value.of(text)));
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public Mapping withOrigin(Origin origin) {
        return new Mapping(keys, values, origin);
    }

    public int size() {
        return keys.length;
    }

    public boolean isEmpty() {
        return keys.length == 0;
    }

    public List<String> keys() {
        return List.of(keys);
    }

    public List<Field> fields() {
        var fields = new ArrayList<Field>(keys.length);
        for (int i = 0; i < keys.length; i++) fields.add(new Field(keys[i], values[i]));
        return fields;
    }

    public String keyAt(int position) {
        return keys[position];
    }

    public Value valueAt(int position) {
        return values[position];
    }

    public boolean has(String key) {
        return position(key) >= 0;
    }

    /// The value at `key`; null where there is none.
    public @Nullable Value get(String key) {
        int at = position(key);
        return at < 0 ? null : values[at];
    }

    public Optional<Value> find(String key) {
        return Optional.ofNullable(get(key));
    }

    /// The value at the end of a path of keys; null where a step is missing or is no mapping.
    public @Nullable Value at(String... path) {
        Value current = this;
        for (var key : path) {
            if (!(current instanceof Mapping mapping)) return null;
            var next = mapping.get(key);
            if (next == null) return null;
            current = next;
        }
        return current;
    }

    /// The text at a path; empty where it is missing or no text.
    public Optional<String> text(String... path) {
        return at(path) instanceof Value.Text(var text, var _) ? Optional.of(text) : Optional.empty();
    }

    public Optional<Long> whole(String... path) {
        return at(path) instanceof Value.Whole(var number, var _) ? Optional.of(number) : Optional.empty();
    }

    public Optional<Boolean> bool(String... path) {
        return at(path) instanceof Value.Bool(var truth, var _) ? Optional.of(truth) : Optional.empty();
    }

    /// The mapping at a path; an empty one where it is missing or something else.
    public Mapping mapping(String... path) {
        return at(path) instanceof Mapping mapping ? mapping : EMPTY;
    }

    /// The list at a path; an empty one where it is missing or something else.
    public Sequence sequence(String... path) {
        return at(path) instanceof Sequence sequence ? sequence : Sequence.EMPTY;
    }

    /// The texts in this mapping (labels, annotations), sorted by key; other values are left out.
    public Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        for (int i = 0; i < keys.length; i++) {
            if (values[i] instanceof Value.Text(var text, var _)) texts.put(keys[i], text);
        }
        return texts;
    }

    /// This mapping with `key` set: in its old place, or at the end.
    public Mapping with(String key, Value value) {
        int at = position(key);
        if (at >= 0) {
            if (values[at] == value) return this;
            var changed = values.clone();
            changed[at] = value;
            return new Mapping(keys, changed, origin);
        }
        var moreKeys = Arrays.copyOf(keys, keys.length + 1);
        var moreValues = Arrays.copyOf(values, values.length + 1);
        moreKeys[keys.length] = key;
        moreValues[values.length] = value;
        return new Mapping(moreKeys, moreValues, origin);
    }

    /// This mapping with the value at a path set; missing mappings on the way are made.
    public Mapping with(List<String> path, Value value) {
        if (path.isEmpty()) throw new IllegalArgumentException("an empty path names no field");
        var first = path.getFirst();
        if (path.size() == 1) return with(first, value);
        return with(first, mapping(first).with(path.subList(1, path.size()), value));
    }

    public Mapping without(String key) {
        int at = position(key);
        if (at < 0) return this;
        if (keys.length == 1 && origin == Origin.NONE) return EMPTY;
        var fewerKeys = Arrays.copyOf(keys, keys.length - 1);
        var fewerValues = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(keys, at + 1, fewerKeys, at, keys.length - at - 1);
        System.arraycopy(values, at + 1, fewerValues, at, values.length - at - 1);
        return new Mapping(fewerKeys, fewerValues, origin);
    }

    /// This mapping without the value at a path; mappings on the way stay, also when they become empty.
    public Mapping without(List<String> path) {
        var first = path.getFirst();
        if (path.size() == 1) return without(first);
        return get(first) instanceof Mapping inner ? with(first, inner.without(path.subList(1, path.size()))) : this;
    }

    /// Every value replaced; a null result drops the key. The mapping itself when nothing changed.
    public Mapping map(BiFunction<String, Value, @Nullable Value> change) {
        Value @Nullable [] changed = null;
        int dropped = 0;
        for (int i = 0; i < keys.length; i++) {
            var value = change.apply(keys[i], values[i]);
            if (value == values[i]) continue;
            if (changed == null) changed = values.clone();
            changed[i] = value;
            if (value == null) dropped++;
        }
        if (changed == null) return this;
        return dropped == 0 ? new Mapping(keys, changed, origin) : withoutNulls(changed, keys.length - dropped);
    }

    private Mapping withoutNulls(@Nullable Value[] changed, int left) {
        var kept = new Builder(left).origin(origin);
        for (int i = 0; i < keys.length; i++) {
            var value = changed[i];
            if (value != null) kept.put(keys[i], value);
        }
        return kept.build();
    }

    /// The same fields in key order.
    public Mapping sorted() {
        var order = order();
        var sortedKeys = new String[keys.length];
        var sortedValues = new Value[keys.length];
        boolean same = true;
        for (int i = 0; i < order.length; i++) {
            sortedKeys[i] = keys[order[i]];
            sortedValues[i] = values[order[i]];
            same &= order[i] == i;
        }
        return same ? this : new Mapping(sortedKeys, sortedValues, origin);
    }

    /// The positions of the keys in key order (by UTF-16 code unit, as String.compareTo has it).
    public int[] sortedPositions() {
        return order().clone();
    }

    /// As {@link #sortedPositions}, not to be changed. Kept for large mappings only, which need it for every look.
    int[] order() {
        var known = index;
        if (known != null) return known;
        if (keys.length <= SCANNED) return insertionOrder();
        var boxed = new Integer[keys.length];
        for (int i = 0; i < keys.length; i++) boxed[i] = i;
        Arrays.sort(boxed, (left, right) -> keys[left].compareTo(keys[right]));
        var found = new int[keys.length];
        for (int i = 0; i < keys.length; i++) found[i] = boxed[i];
        index = found;
        return found;
    }

    private int[] insertionOrder() {
        var order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            int at = i;
            while (at > 0 && keys[order[at - 1]].compareTo(keys[i]) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
        return order;
    }

    private int position(String key) {
        if (keys.length > SCANNED) return search(key);
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) return i;
        }
        return -1;
    }

    private int search(String key) {
        var order = order();
        int low = 0;
        int high = keys.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = keys[order[middle]].compareTo(key);
            if (compared == 0) return order[middle];
            if (compared < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    @Override
    public Iterator<Field> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < keys.length;
            }

            @Override
            public Field next() {
                if (!hasNext()) throw new NoSuchElementException();
                var field = new Field(keys[next], values[next]);
                next++;
                return field;
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) return true;
        if (!(other instanceof Mapping that) || that.keys.length != keys.length) return false;
        for (int i = 0; i < keys.length; i++) {
            // most often both were written in the same order
            var theirs = that.keys[i].equals(keys[i]) ? that.values[i] : that.get(keys[i]);
            if (!values[i].equals(theirs)) return false;
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < keys.length; i++) hash += keys[i].hashCode() ^ values[i].hashCode() * 31;
        return hash;
    }

    @Override
    public String toString() {
        var text = new StringBuilder("{");
        for (int i = 0; i < keys.length; i++) {
            if (i > 0) text.append(", ");
            text.append(keys[i]).append(": ").append(values[i]);
        }
        return text.append('}').toString();
    }

    /// Collects fields; a key that is put twice keeps its place and takes the later value.
    public static final class Builder {
        private String[] keys;
        private Value[] values;
        private int size;
        private Origin origin = Origin.NONE;
        private @Nullable LinkedHashMap<String, Integer> positions;

        private Builder() {
            this(4);
        }

        private Builder(int expected) {
            keys = new String[Math.max(1, expected)];
            values = new Value[keys.length];
        }

        public Builder origin(Origin place) {
            this.origin = place;
            return this;
        }

        /// Empty again, for the next mapping.
        public Builder clear() {
            Arrays.fill(values, 0, size, null);
            size = 0;
            positions = null;
            origin = Origin.NONE;
            return this;
        }

        public Builder put(String key, Value value) {
            int at = position(key);
            if (at >= 0) {
                values[at] = value;
                return this;
            }
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            keys[size] = key;
            values[size] = value;
            if (positions != null) positions.put(key, size);
            size++;
            return this;
        }

        public Builder put(String key, String text) {
            return put(key, Value.of(text));
        }

        public Builder put(String key, long number) {
            return put(key, Value.of(number));
        }

        /// Leaves the key out where there is no text.
        public Builder putIfPresent(String key, Optional<String> text) {
            text.ifPresent(present -> put(key, present));
            return this;
        }

        public boolean has(String key) {
            return position(key) >= 0;
        }

        public int size() {
            return size;
        }

        private int position(String key) {
            if (size > SCANNED) {
                var known = positions;
                if (known == null) {
                    known = new LinkedHashMap<>();
                    for (int i = 0; i < size; i++) known.put(keys[i], i);
                    positions = known;
                }
                return known.getOrDefault(key, -1);
            }
            for (int i = 0; i < size; i++) {
                if (keys[i].equals(key)) return i;
            }
            return -1;
        }

        public Mapping build() {
            if (size == 0 && origin == Origin.NONE) return EMPTY;
            return new Mapping(Arrays.copyOf(keys, size), Arrays.copyOf(values, size), origin);
        }
    }
}
