package dev.holdfast.yaml;

import dev.holdfast.model.Mapping;

/// The order in which go-yaml writes keys: letters after everything else, runs of digits by their number. It is no
/// true order (it can contradict itself on odd keys), so the sort here asks for no consistency.
final class NaturalOrder {

    private NaturalOrder() {}

    /// The positions of a mapping's keys in this order.
    static int[] positions(Mapping fields) {
        int size = fields.size();
        var keys = new int[size][];
        var order = new int[size];
        for (int i = 0; i < size; i++) {
            keys[i] = fields.keyAt(i).codePoints().toArray();
            order[i] = i;
        }
        sort(order, new int[size], 0, size, keys);
        return order;
    }

    private static void sort(int[] order, int[] spare, int from, int to, int[][] keys) {
        if (to - from < 2) return;
        int middle = (from + to) >>> 1;
        sort(order, spare, from, middle, keys);
        sort(order, spare, middle, to, keys);
        System.arraycopy(order, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            boolean takeRight = left == middle || right < to && less(keys[spare[right]], keys[spare[left]]);
            order[at] = spare[takeRight ? right++ : left++];
        }
    }

    private static boolean less(int[] a, int[] b) {
        boolean afterDigits = false;
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i] == b[i]) {
                afterDigits = Character.isDigit(a[i]);
                continue;
            }
            boolean letterA = Character.isLetter(a[i]);
            boolean letterB = Character.isLetter(b[i]);
            if (letterA && letterB) return a[i] < b[i];
            if (letterA || letterB) return afterDigits ? letterA : letterB;
            return numbersLess(a, b, i);
        }
        return a.length < b.length;
    }

    private static boolean numbersLess(int[] a, int[] b, int at) {
        long start = a[at] == '0' || b[at] == '0' ? digitsBefore(a, at) : 0;
        int endA = digitsEnd(a, at);
        int endB = digitsEnd(b, at);
        long numberA = number(a, at, endA, start);
        long numberB = number(b, at, endB, start);
        if (numberA != numberB) return numberA < numberB;
        return endA != endB ? endA < endB : a[at] < b[at];
    }

    /// 1 where a digit other than 0 stands among those just before.
    private static long digitsBefore(int[] key, int at) {
        for (int i = at - 1; i >= 0 && Character.isDigit(key[i]); i--) {
            if (key[i] != '0') return 1;
        }
        return 0;
    }

    private static int digitsEnd(int[] key, int from) {
        int end = from;
        while (end < key.length && Character.isDigit(key[end])) end++;
        return end;
    }

    private static long number(int[] key, int from, int to, long start) {
        long number = start;
        for (int i = from; i < to; i++) number = number * 10 + (key[i] - '0');
        return number;
    }
}
