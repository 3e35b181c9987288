package dev.holdfast.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/// A list of values.
public final class Sequence implements Value, Iterable<Value> {

    public static final Sequence EMPTY = new Sequence(new Value[0], Origin.NONE);

    private final Value[] items;
    private final Origin origin;

    private Sequence(Value[] items, Origin origin) {
        this.items = items;
        this.origin = origin;
    }

    public static Sequence of(List<? extends Value> items) {
        return of(items, Origin.NONE);
    }

    public static Sequence of(List<? extends Value> items, Origin origin) {
        return new Sequence(items.toArray(Value[]::new), origin);
    }

    public static Sequence of(Value... items) {
        return new Sequence(items.clone(), Origin.NONE);
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public Sequence withOrigin(Origin origin) {
        return new Sequence(items, origin);
    }

    public int size() {
        return items.length;
    }

    public boolean isEmpty() {
        return items.length == 0;
    }

    public Value get(int index) {
        return items[index];
    }

    public List<Value> items() {
        return List.of(items);
    }

    /// The same list with every item replaced; the list itself when no item changed.
    public Sequence map(UnaryOperator<Value> change) {
        var changed = new Value[items.length];
        boolean same = true;
        for (int i = 0; i < items.length; i++) {
            changed[i] = change.apply(items[i]);
            same &= changed[i] == items[i];
        }
        return same ? this : new Sequence(changed, origin);
    }

    public Sequence plus(Value item) {
        var more = Arrays.copyOf(items, items.length + 1);
        more[items.length] = item;
        return new Sequence(more, origin);
    }

    /// The items that are mappings.
    public List<Mapping> mappings() {
        var found = new ArrayList<Mapping>(items.length);
        for (var item : items) {
            if (item instanceof Mapping mapping) found.add(mapping);
        }
        return found;
    }

    @Override
    public Iterator<Value> iterator() {
        return items().iterator();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Sequence that && Arrays.equals(items, that.items);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(items);
    }

    @Override
    public String toString() {
        return Arrays.toString(items);
    }
}
