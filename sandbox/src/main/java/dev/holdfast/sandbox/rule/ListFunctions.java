package dev.holdfast.sandbox.rule;

import dev.cel.common.CelOptions;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// `==`, `!=` and `+` for the lists of schemas. The left side says how: a list that the rule itself makes is
/// compared item by item. Source: `UnstructuredToVal` in k8s.io/apiserver, pkg/cel/common.
final class ListFunctions {

    private final RuntimeEquality plain;

    ListFunctions(CelOptions options) {
        this.plain = RuntimeEquality.create(RuntimeHelpers.create(), options);
    }

    /// The language's own functions, without those that are here.
    static CelStandardFunctions others() {
        return CelStandardFunctions.newBuilder()
                .filterFunctions((function, overload) -> switch (function) {
                    case EQUALS, NOT_EQUALS -> false;
                    case ADD -> !overload.equals(AddOverload.ADD_LIST);
                    default -> true;
                })
                .build();
    }

    // the functions hold nothing that changes
    @SuppressWarnings("Immutable")
    List<CelFunctionBinding> bindings() {
        return List.of(
                CelFunctionBinding.from("equals", Object.class, Object.class, this::equal),
                CelFunctionBinding.from("not_equals", Object.class, Object.class, (left, right) -> !equal(left, right)),
                CelFunctionBinding.from("add_list", List.class, List.class, this::joined));
    }

    private boolean equal(Object left, Object right) {
        if (left instanceof SchemaList list && right instanceof List<?> other) return sameItems(list, other);
        if (left instanceof List<?> list && right instanceof List<?> other) return sameInOrder(list, other);
        if (left instanceof Map<?, ?> map && right instanceof Map<?, ?> other) return sameFields(map, other);
        return plain.objectEquals(left, right);
    }

    private boolean sameInOrder(List<?> list, List<?> other) {
        if (list.size() != other.size()) return false;
        for (int i = 0; i < list.size(); i++) {
            if (!equal(list.get(i), other.get(i))) return false;
        }
        return true;
    }

    private boolean sameFields(Map<?, ?> map, Map<?, ?> other) {
        if (map.size() != other.size()) return false;
        for (var field : map.entrySet()) {
            var theirs = plain.findInMap(other, field.getKey());
            if (theirs.isEmpty() || !equal(field.getValue(), theirs.get())) return false;
        }
        return true;
    }

    private boolean sameItems(SchemaList list, List<?> other) {
        if (list.size() != other.size()) return false;
        var mine = new LinkedHashMap<Object, Object>();
        for (var item : list) mine.put(key(list, item), item);
        var seen = new LinkedHashSet<Object>();
        for (var item : other) {
            var key = key(list, item);
            var known = mine.get(key);
            if (known == null || list.keys().isPresent() && !equal(known, item)) return false;
            seen.add(key);
        }
        return seen.size() == mine.size();
    }

    /// What tells an item from the others: itself, in a set.
    private static Object key(SchemaList list, Object item) {
        if (list.keys().isEmpty() || !(item instanceof Map<?, ?> map)) return item;
        var key = new ArrayList<Object>();
        for (var field : list.keys().get()) key.add(map.get(field));
        return key;
    }

    /// Of a set or keyed list: what the right side has besides goes behind, and what both have is, by its key,
    /// as the right side says and where the left side has it.
    private Object joined(List<?> left, List<?> right) {
        if (!(left instanceof SchemaList list)) {
            var all = new ArrayList<Object>(left);
            all.addAll(right);
            return all;
        }
        var all = new LinkedHashMap<Object, Object>();
        for (var item : list) all.put(key(list, item), item);
        for (var item : right) all.put(key(list, item), item);
        return list.with(new ArrayList<>(all.values()));
    }
}
