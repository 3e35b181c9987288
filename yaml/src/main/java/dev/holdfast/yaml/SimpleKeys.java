package dev.holdfast.yaml;

import java.util.Arrays;

/// For every flow level the token that may turn out to be a key once a `:` follows.
final class SimpleKeys {

    /// Per level: the token's number, line, column, position, and whether it is possible (1) or required (2).
    private static final int WIDTH = 5;

    private static final int POSSIBLE = 1;
    private static final int REQUIRED = 2;

    private int[] cells = new int[WIDTH * 4];

    SimpleKeys() {
        clear();
    }

    void clear() {
        Arrays.fill(cells, 0);
        cells[0] = -1;
    }

    /// `number` is that of the token that opens the level: while it is not taken, what came before may still be a
    /// key.
    void open(int level, int number) {
        int from = level * WIDTH;
        if (from == cells.length) cells = Arrays.copyOf(cells, cells.length * 2);
        cells[from] = number;
        cells[from + 4] = 0;
    }

    void save(int level, int number, Cursor cursor, int required) {
        int from = level * WIDTH;
        cells[from] = number;
        cells[from + 1] = cursor.line();
        cells[from + 2] = cursor.column();
        cells[from + 3] = cursor.at();
        cells[from + 4] = POSSIBLE + required * (REQUIRED - POSSIBLE);
    }

    void forget(int level) {
        cells[level * WIDTH + 4] = 0;
    }

    boolean possible(int level) {
        return cells[level * WIDTH + 4] != 0;
    }

    boolean required(int level) {
        return cells[level * WIDTH + 4] == REQUIRED;
    }

    int number(int level) {
        return cells[level * WIDTH];
    }

    int line(int level) {
        return cells[level * WIDTH + 1];
    }

    int column(int level) {
        return cells[level * WIDTH + 2];
    }

    int at(int level) {
        return cells[level * WIDTH + 3];
    }
}
