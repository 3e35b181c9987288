package dev.holdfast.fields;

import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One step into an object. The order is that of managedFields: fields, then keyed items, then set items, then
/// indexes.
public sealed interface PathElement extends Comparable<PathElement> {

    /// A field of a struct or a key of a map.
    record Field(String name) implements PathElement {
        @Override
        public String toString() {
            return "." + name;
        }
    }

    /// An item of a list whose items are told apart by some of their own fields. `fields` is sorted by name.
    record Key(List<KeyField> fields) implements PathElement {
        public Key {
            if (fields.size() == 1) fields = List.of(fields.getFirst());
            else {
                var sorted = new ArrayList<>(fields);
                sorted.sort(Comparator.comparing(KeyField::name));
                fields = List.copyOf(sorted);
            }
        }

        public static Key of(String name, String value) {
            return new Key(List.of(new KeyField(name, Value.of(value))));
        }

        @Override
        public String toString() {
            var text = new StringBuilder("[");
            for (int i = 0; i < fields.size(); i++) {
                if (i > 0) text.append(',');
                text.append(fields.get(i).name())
                        .append('=')
                        .append(ValueOrder.text(fields.get(i).value()));
            }
            return text.append(']').toString();
        }
    }

    /// One field of a key.
    record KeyField(String name, Value value) {}

    /// An item of a list that is a set of scalars.
    record Item(Value value) implements PathElement {
        @Override
        public String toString() {
            return "[=" + ValueOrder.text(value) + "]";
        }
    }

    /// A position in a list.
    record Index(int position) implements PathElement {
        @Override
        public String toString() {
            return "[" + position + "]";
        }
    }

    @Override
    default int compareTo(PathElement other) {
        if (this == other) return 0;
        return switch (this) {
            case Field(var name) -> other instanceof Field(var theirs) ? name.compareTo(theirs) : -1;
            case Key(var fields) ->
                switch (other) {
                    case Field _ -> 1;
                    case Key(var theirs) -> ValueOrder.compareKeys(fields, theirs);
                    case Item _, Index _ -> -1;
                };
            case Item(var value) ->
                switch (other) {
                    case Field _, Key _ -> 1;
                    case Item(var theirs) -> ValueOrder.compare(value, theirs);
                    case Index _ -> -1;
                };
            case Index(var position) -> other instanceof Index(var theirs) ? Integer.compare(position, theirs) : 1;
        };
    }
}
