package dev.holdfast.yaml;

import java.util.Arrays;

/// The columns of the open blocks.
final class Indents {
    private final int limit;
    private int[] columns = new int[16];
    private int size;

    Indents(int limit) {
        this.limit = limit;
    }

    void clear() {
        size = 0;
    }

    int current() {
        return size == 0 ? -1 : columns[size - 1];
    }

    boolean opens(int column) {
        return current() < column;
    }

    boolean push(int column) {
        if (size == limit) return false;
        if (size == columns.length) columns = Arrays.copyOf(columns, size * 2);
        columns[size++] = column;
        return true;
    }

    void pop() {
        size--;
    }
}
