package dev.holdfast.fields;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A set of field paths, as a tree: every step can be a member itself and can have members below it. Immutable;
/// three arrays sorted by step, and branches are shared between sets.
///
/// That `spec` has members below does not make `spec` a member: who owns `spec.replicas` does not own `spec`.
public final class FieldSet {

    public static final FieldSet EMPTY = new FieldSet(new PathElement[0], new boolean[0], new FieldSet[0]);

    final PathElement[] elements;
    final boolean[] members;
    final FieldSet[] children;

    /// The arrays are sorted by element; no element is without both membership and children.
    private FieldSet(PathElement[] elements, boolean[] members, FieldSet[] children) {
        this.elements = elements;
        this.members = members;
        this.children = children;
    }

    public static FieldSet of(FieldPath... paths) {
        return of(List.of(paths));
    }

    public static FieldSet of(Iterable<FieldPath> paths) {
        var set = EMPTY;
        for (var path : paths) set = set.union(single(path, 0));
        return set;
    }

    private static FieldSet single(FieldPath path, int from) {
        int size = path.elements().size();
        if (from == size) return EMPTY;
        var builder = new Builder();
        var element = path.elements().get(from);
        if (from == size - 1) builder.member(element);
        else builder.children(element, single(path, from + 1));
        return builder.build();
    }

    public boolean isEmpty() {
        return elements.length == 0;
    }

    /// How many paths are in the set.
    public int size() {
        int size = 0;
        for (int i = 0; i < elements.length; i++) size += (members[i] ? 1 : 0) + children[i].size();
        return size;
    }

    public boolean contains(FieldPath path) {
        var node = this;
        for (int i = 0; i < path.elements().size(); i++) {
            int at = node.position(path.elements().get(i));
            if (at < 0) return false;
            if (i == path.elements().size() - 1) return node.members[at];
            node = node.children[at];
        }
        return false;
    }

    /// Whether the step itself is a member.
    public boolean has(PathElement element) {
        int at = position(element);
        return at >= 0 && members[at];
    }

    /// What is below the step; empty where nothing is.
    public FieldSet below(PathElement element) {
        int at = position(element);
        return at < 0 ? EMPTY : children[at];
    }

    public FieldSet below(FieldPath path) {
        var node = this;
        for (var element : path.elements()) node = node.below(element);
        return node;
    }

    int position(PathElement element) {
        int low = 0;
        int high = elements.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = elements[middle].compareTo(element);
            if (compared == 0) return middle;
            if (compared < 0) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    public FieldSet union(FieldSet other) {
        return FieldSetAlgebra.union(this, other);
    }

    public FieldSet intersection(FieldSet other) {
        return FieldSetAlgebra.intersection(this, other);
    }

    /// The members that the other set has not, path by path.
    public FieldSet difference(FieldSet other) {
        return FieldSetAlgebra.difference(this, other);
    }

    /// The members that are neither in the other set nor below one of its members.
    public FieldSet recursiveDifference(FieldSet other) {
        return FieldSetAlgebra.recursiveDifference(this, other);
    }

    public boolean isSubsetOf(FieldSet other) {
        return FieldSetAlgebra.isSubset(this, other);
    }

    /// The members that have nothing below them.
    public FieldSet leaves() {
        var leaves = new Builder(elements.length);
        for (int i = 0; i < elements.length; i++) {
            if (children[i].isEmpty()) leaves.member(elements[i]);
            else leaves.children(elements[i], children[i].leaves());
        }
        return leaves.build();
    }

    /// This set with the declared fields that have members below them as members too: what server-side apply
    /// compares when it prunes, because who drops all items of `ports` drops `ports`.
    public FieldSet ensureNamed(Type type) {
        var shape = type.resolved();
        var ensured = new Builder(elements.length);
        for (int i = 0; i < elements.length; i++) {
            var element = elements[i];
            boolean named = shape.asMap() instanceof Type.MapOf map
                    && element instanceof PathElement.Field(var name)
                    && map.field(name) != null;
            if (members[i] || named) ensured.member(element);
            var below = shape.below(element);
            ensured.children(element, below == null ? children[i] : children[i].ensureNamed(below));
        }
        return ensured.build();
    }

    /// Every member, parents before what is below them: first the steps that are members, then what is below each.
    public void forEach(Consumer<FieldPath> action) {
        visit(new ArrayList<>(), action);
    }

    private void visit(List<PathElement> prefix, Consumer<FieldPath> action) {
        for (int i = 0; i < elements.length; i++) {
            if (!members[i]) continue;
            prefix.addLast(elements[i]);
            action.accept(new FieldPath(prefix));
            prefix.removeLast();
        }
        for (int i = 0; i < elements.length; i++) {
            if (children[i].isEmpty()) continue;
            prefix.addLast(elements[i]);
            children[i].visit(prefix, action);
            prefix.removeLast();
        }
    }

    public List<FieldPath> paths() {
        var paths = new ArrayList<FieldPath>();
        forEach(paths::add);
        return paths;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof FieldSet that
                        && Arrays.equals(members, that.members)
                        && Arrays.equals(elements, that.elements)
                        && Arrays.equals(children, that.children);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements) * 31 * 31 + Arrays.hashCode(members) * 31 + Arrays.hashCode(children);
    }

    @Override
    public String toString() {
        return paths().toString();
    }

    /// Collects one level of a set, in any order; what is put twice is united.
    public static final class Builder {
        private PathElement[] elements;
        private boolean[] members;
        private FieldSet[] children;
        private int size;

        public Builder() {
            this(4);
        }

        Builder(int expected) {
            elements = new PathElement[Math.max(1, expected)];
            members = new boolean[elements.length];
            children = new FieldSet[elements.length];
        }

        public Builder member(PathElement element) {
            int at = place(element);
            members[at] = true;
            return this;
        }

        public Builder children(PathElement element, FieldSet below) {
            if (below.isEmpty()) return this;
            int at = place(element);
            children[at] = children[at].union(below);
            return this;
        }

        /// Steps mostly come in order, each twice in a row at most: as a member and with what is below it.
        private int place(PathElement element) {
            if (size > 0 && elements[size - 1].equals(element)) return size - 1;
            if (size == elements.length) {
                elements = Arrays.copyOf(elements, size * 2);
                members = Arrays.copyOf(members, size * 2);
                children = Arrays.copyOf(children, size * 2);
            }
            elements[size] = element;
            children[size] = EMPTY;
            return size++;
        }

        public FieldSet build() {
            if (size == 0) return EMPTY;
            if (!ordered()) sort();
            return size == elements.length
                    ? new FieldSet(elements, members, children)
                    : new FieldSet(
                            Arrays.copyOf(elements, size), Arrays.copyOf(members, size), Arrays.copyOf(children, size));
        }

        private boolean ordered() {
            for (int i = 1; i < size; i++) {
                if (elements[i - 1].compareTo(elements[i]) >= 0) return false;
            }
            return true;
        }

        private void sort() {
            var order = new Integer[size];
            for (int i = 0; i < size; i++) order[i] = i;
            Arrays.sort(order, (left, right) -> elements[left].compareTo(elements[right]));
            var sorted = new Builder(size);
            for (int at : order) {
                @Nullable PathElement last = sorted.size == 0 ? null : sorted.elements[sorted.size - 1];
                boolean again = last != null && last.compareTo(elements[at]) == 0;
                int to = again ? sorted.size - 1 : sorted.place(elements[at]);
                sorted.members[to] |= members[at];
                sorted.children[to] = sorted.children[to].union(children[at]);
            }
            elements = sorted.elements;
            members = sorted.members;
            children = sorted.children;
            size = sorted.size;
        }
    }
}
