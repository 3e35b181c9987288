package dev.holdfast.sandbox.rule;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;

/// A list of a schema that says how its items belong together: a set, or items that keys tell apart. Rules compare
/// such lists without regard to order, and `+` joins them without repeating what is there.
// the library copies lists that have no random access, and what they are would be lost
final class SchemaList extends AbstractList<Object> implements RandomAccess {

    private final List<Object> items;
    private final Optional<List<String>> keys;

    private SchemaList(List<Object> items, Optional<List<String>> keys) {
        this.items = items;
        this.keys = keys;
    }

    /// The items as they are where the schema says nothing of them.
    static List<Object> of(Mapping schema, List<Object> items) {
        return switch (schema.text("x-kubernetes-list-type").orElse("")) {
            case "set" -> new SchemaList(items, Optional.empty());
            case "map" ->
                new SchemaList(
                        items,
                        Optional.of(schema.sequence("x-kubernetes-list-map-keys").items().stream()
                                .map(Value::toString)
                                .map(key -> PropertyName.escaped(key).orElse(key))
                                .toList()));
            default -> items;
        };
    }

    /// The names of the fields that tell items apart, as rules name them; empty for a set.
    Optional<List<String>> keys() {
        return keys;
    }

    @Override
    public Object get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }

    /// The same kind of list with other items.
    SchemaList with(List<Object> others) {
        return new SchemaList(others, keys);
    }
}
