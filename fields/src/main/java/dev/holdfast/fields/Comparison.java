package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which fields two objects differ in, by schema: keyed items by key, items of sets by value, atomic values as a
/// whole. The order of items is no difference. `added` and `removed` hold every field that came or went, structs
/// and items included; `modified` the leaves whose value changed.
public record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {

    public static final Comparison NONE = new Comparison(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.EMPTY);

    public static Comparison between(Mapping before, Mapping after, Schema schema) {
        return between(schema.root(), before, after);
    }

    static Comparison between(Type type, Mapping before, Mapping after) {
        if (before == after) return NONE;
        var level = new Level();
        level.shape(type.shapedAs(after), before, after);
        return level.build();
    }

    public boolean isEmpty() {
        return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
    }

    /// The fields whose value the change set.
    public FieldSet written() {
        return added.union(modified);
    }

    /// This comparison without some fields and all below them.
    public Comparison without(FieldSet ignored) {
        if (ignored.isEmpty()) return this;
        return new Comparison(
                added.recursiveDifference(ignored),
                modified.recursiveDifference(ignored),
                removed.recursiveDifference(ignored));
    }

    /// The differences at and below one place.
    private static final class Level {
        private FieldSet.@Nullable Builder added;
        private FieldSet.@Nullable Builder modified;
        private FieldSet.@Nullable Builder removed;
        /// The place itself is compared as a whole, and has changed.
        private boolean changed;

        private void compare(PathElement step, @Nullable Type type, @Nullable Value before, @Nullable Value after) {
            if (before == after) return;
            var inner = new Level();
            var known = type == null ? Type.DEDUCED : type;
            if (before != null && after != null) {
                var shape = known.shapedAs(before);
                // what was a map and is now a text: the fields went, and the value changed
                if (shape != known.shapedAs(after)) inner.shape(shape, before, after);
            }
            inner.shape(known.shapedAs(after == null ? before : after), before, after);
            include(step, inner, before, after);
        }

        private void include(PathElement step, Level inner, @Nullable Value before, @Nullable Value after) {
            var below = inner.build();
            if (before == null) added().member(step);
            if (after == null) removed().member(step);
            if (inner.changed) modified().member(step);
            if (!below.added.isEmpty()) added().children(step, below.added);
            if (!below.modified.isEmpty()) modified().children(step, below.modified);
            if (!below.removed.isEmpty()) removed().children(step, below.removed);
        }

        private void shape(Type shape, @Nullable Value before, @Nullable Value after) {
            switch (shape) {
                case Type.ListOf list -> lists(list, before, after);
                case Type.MapOf map -> maps(map, before, after);
                case Type.Scalar _, Type.Any _, Type.Named _ -> leaf(before, after);
            }
        }

        private void leaf(@Nullable Value before, @Nullable Value after) {
            changed |= before != null && after != null && !before.equals(after);
        }

        private void maps(Type.MapOf type, @Nullable Value before, @Nullable Value after) {
            var old = before instanceof Mapping fields ? fields : Mapping.EMPTY;
            var now = after instanceof Mapping fields ? fields : Mapping.EMPTY;
            if (type.isAtomic() || old.isEmpty() && now.isEmpty()) {
                leaf(before, after);
                return;
            }
            for (int i = 0; i < old.size(); i++) {
                var key = old.keyAt(i);
                compareField(type, key, old.valueAt(i), now.get(key));
            }
            for (int i = 0; i < now.size(); i++) {
                var key = now.keyAt(i);
                if (!old.has(key)) compareField(type, key, null, now.valueAt(i));
            }
        }

        private void compareField(Type.MapOf type, String key, @Nullable Value before, @Nullable Value after) {
            if (before == after) return;
            var declared = type.field(key);
            if (declared == null) compare(new PathElement.Field(key), type.others(), before, after);
            else compare(declared.step(), declared.type(), before, after);
        }

        private void lists(Type.ListOf type, @Nullable Value before, @Nullable Value after) {
            var old = before instanceof Sequence items ? items : Sequence.EMPTY;
            var now = after instanceof Sequence items ? items : Sequence.EMPTY;
            if (type.isAtomic() || old.isEmpty() && now.isEmpty()) {
                leaf(before, after);
                return;
            }
            var oldItems = ListItems.named(type, old);
            var nowItems = ListItems.named(type, now);
            var oldByStep = ListItems.byStep(oldItems);
            var nowByStep = ListItems.byStep(nowItems);
            var seen = HashSet.<PathElement>newHashSet(oldItems.size());
            for (var item : oldItems) {
                if (!seen.add(item.step())) continue;
                var step = item.step();
                items(type, step, oldByStep.getOrDefault(step, List.of()), nowByStep.getOrDefault(step, List.of()));
            }
            for (var item : nowItems) {
                if (!seen.add(item.step())) continue;
                items(type, item.step(), List.of(), nowByStep.getOrDefault(item.step(), List.of()));
            }
        }

        /// The items of one step. Where several share it they are one atomic whole.
        private void items(Type.ListOf type, PathElement step, List<Value> before, List<Value> after) {
            @Nullable Value old = before.isEmpty() ? null : before.getFirst();
            @Nullable Value now = after.isEmpty() ? null : after.getFirst();
            if (before.size() <= 1 && after.size() <= 1) {
                compare(step, type.items(), old, now);
            } else if (before.size() > 1 && after.size() > 1) {
                if (!before.equals(after)) modified().member(step);
            } else if (before.size() > 1) {
                if (now != null) compare(step, type.items(), null, now);
                removed().member(step);
            } else {
                if (old != null) compare(step, type.items(), old, null);
                added().member(step);
            }
        }

        private FieldSet.Builder added() {
            var builder = added;
            if (builder == null) added = builder = new FieldSet.Builder();
            return builder;
        }

        private FieldSet.Builder modified() {
            var builder = modified;
            if (builder == null) modified = builder = new FieldSet.Builder();
            return builder;
        }

        private FieldSet.Builder removed() {
            var builder = removed;
            if (builder == null) removed = builder = new FieldSet.Builder();
            return builder;
        }

        private Comparison build() {
            var more = added;
            var other = modified;
            var less = removed;
            if (more == null && other == null && less == null) return NONE;
            return new Comparison(
                    more == null ? FieldSet.EMPTY : more.build(),
                    other == null ? FieldSet.EMPTY : other.build(),
                    less == null ? FieldSet.EMPTY : less.build());
        }
    }
}
