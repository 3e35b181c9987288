package dev.holdfast.fields;

/// Set operations on trees of paths: each walks the two sorted levels side by side, and answers with one of its
/// arguments where that already is the answer.
final class FieldSetAlgebra {

    private FieldSetAlgebra() {}

    static FieldSet union(FieldSet left, FieldSet right) {
        if (left == right || right.isEmpty()) return left;
        if (left.isEmpty()) return right;
        var united = new FieldSet.Builder(Math.max(left.elements.length, right.elements.length));
        int i = 0;
        int j = 0;
        while (i < left.elements.length || j < right.elements.length) {
            int compared = compare(left, i, right, j);
            if (compared < 0) take(united, left, i++);
            else if (compared > 0) take(united, right, j++);
            else {
                var element = left.elements[i];
                if (left.members[i] || right.members[j]) united.member(element);
                united.children(element, union(left.children[i], right.children[j]));
                i++;
                j++;
            }
        }
        return united.build();
    }

    static FieldSet intersection(FieldSet left, FieldSet right) {
        if (left == right || left.isEmpty()) return left;
        if (right.isEmpty()) return right;
        var shared = new FieldSet.Builder();
        int i = 0;
        int j = 0;
        while (i < left.elements.length && j < right.elements.length) {
            int compared = left.elements[i].compareTo(right.elements[j]);
            if (compared < 0) i++;
            else if (compared > 0) j++;
            else {
                if (left.members[i] && right.members[j]) shared.member(left.elements[i]);
                shared.children(left.elements[i], intersection(left.children[i], right.children[j]));
                i++;
                j++;
            }
        }
        return shared.build();
    }

    static FieldSet difference(FieldSet left, FieldSet right) {
        if (left == right) return FieldSet.EMPTY;
        if (left.isEmpty() || right.isEmpty()) return left;
        var rest = new FieldSet.Builder(left.elements.length);
        int j = 0;
        for (int i = 0; i < left.elements.length; i++) {
            while (compare(left, i, right, j) > 0) j++;
            if (compare(left, i, right, j) != 0) {
                take(rest, left, i);
                continue;
            }
            if (left.members[i] && !right.members[j]) rest.member(left.elements[i]);
            rest.children(left.elements[i], difference(left.children[i], right.children[j]));
        }
        return rest.build();
    }

    static FieldSet recursiveDifference(FieldSet left, FieldSet right) {
        if (left.isEmpty() || right.isEmpty()) return left;
        var rest = new FieldSet.Builder(left.elements.length);
        int j = 0;
        for (int i = 0; i < left.elements.length; i++) {
            while (compare(left, i, right, j) > 0) j++;
            if (compare(left, i, right, j) != 0) {
                take(rest, left, i);
                continue;
            }
            if (right.members[j]) continue;
            if (left.members[i]) rest.member(left.elements[i]);
            rest.children(left.elements[i], recursiveDifference(left.children[i], right.children[j]));
        }
        return rest.build();
    }

    static boolean isSubset(FieldSet left, FieldSet right) {
        if (left == right) return true;
        if (left.elements.length > right.elements.length) return false;
        int j = 0;
        for (int i = 0; i < left.elements.length; i++) {
            while (compare(left, i, right, j) > 0) j++;
            if (compare(left, i, right, j) != 0) return false;
            if (left.members[i] && !right.members[j]) return false;
            if (!isSubset(left.children[i], right.children[j])) return false;
        }
        return true;
    }

    private static void take(FieldSet.Builder into, FieldSet from, int at) {
        if (from.members[at]) into.member(from.elements[at]);
        into.children(from.elements[at], from.children[at]);
    }

    /// Which level's step comes first; a level that has come to its end comes last.
    private static int compare(FieldSet left, int i, FieldSet right, int j) {
        if (i == left.elements.length) return j == right.elements.length ? 0 : 1;
        if (j == right.elements.length) return -1;
        return left.elements[i].compareTo(right.elements[j]);
    }
}
