package dev.holdfast.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// The difference of two texts, line by line, as short as can be (Myers' greedy algorithm). Texts that differ in
/// more than a few thousand lines are replaced as a whole between what they have in common at both ends: nobody
/// reads more, and time and memory grow with the square.
final class LineDiff {

    private static final int MOST_EDITS = 2_000;

    enum Kind {
        KEPT,
        REMOVED,
        ADDED
    }

    record Edit(Kind kind, String line) {}

    private final List<String> before;
    private final List<String> after;

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    static List<Edit> of(List<String> before, List<String> after) {
        int shared = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shared && before.get(head).equals(after.get(head))) head++;
        int tail = 0;
        while (tail < shared - head && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail)))
            tail++;
        var edits = new ArrayList<Edit>();
        for (var line : before.subList(0, head)) edits.add(new Edit(Kind.KEPT, line));
        var middle = new LineDiff(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail));
        edits.addAll(middle.edits());
        for (var line : before.subList(before.size() - tail, before.size())) edits.add(new Edit(Kind.KEPT, line));
        return edits;
    }

    /// `furthest[k]` is how far into `before` a path on diagonal `k` gets with the edits so far; one array per
    /// number of edits is kept, to walk back along.
    private List<Edit> edits() {
        int most = Math.min(before.size() + after.size(), MOST_EDITS);
        var furthest = new int[2 * most + 3];
        int zero = most + 1;
        var trace = new ArrayList<int[]>();
        for (int edits = 0; edits <= most; edits++) {
            trace.add(Arrays.copyOfRange(furthest, zero - edits - 1, zero + edits + 2));
            for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
                int x = follow(furthest, zero, diagonal, edits);
                furthest[zero + diagonal] = x;
                if (x >= before.size() && x - diagonal >= after.size()) return back(trace);
            }
        }
        return replaced();
    }

    private int follow(int[] furthest, int zero, int diagonal, int edits) {
        boolean down = diagonal == -edits
                || diagonal != edits && furthest[zero + diagonal - 1] < furthest[zero + diagonal + 1];
        int x = down ? furthest[zero + diagonal + 1] : furthest[zero + diagonal - 1] + 1;
        int y = x - diagonal;
        while (x < before.size() && y < after.size() && before.get(x).equals(after.get(y))) {
            x++;
            y++;
        }
        return x;
    }

    private List<Edit> back(List<int[]> trace) {
        var edits = new ArrayList<Edit>();
        int x = before.size();
        int y = after.size();
        for (int count = trace.size() - 1; count > 0; count--) {
            var furthest = trace.get(count);
            int zero = count + 1;
            int diagonal = x - y;
            boolean down = diagonal == -count
                    || diagonal != count && furthest[zero + diagonal - 1] < furthest[zero + diagonal + 1];
            int from = down ? diagonal + 1 : diagonal - 1;
            int fromX = furthest[zero + from];
            int fromY = fromX - from;
            while (x > fromX && y > fromY) {
                edits.add(new Edit(Kind.KEPT, before.get(--x)));
                y--;
            }
            if (down) edits.add(new Edit(Kind.ADDED, after.get(--y)));
            else edits.add(new Edit(Kind.REMOVED, before.get(--x)));
        }
        while (x > 0) edits.add(new Edit(Kind.KEPT, before.get(--x)));
        Collections.reverse(edits);
        return edits;
    }

    private List<Edit> replaced() {
        var edits = new ArrayList<Edit>();
        for (var line : before) edits.add(new Edit(Kind.REMOVED, line));
        for (var line : after) edits.add(new Edit(Kind.ADDED, line));
        return edits;
    }
}
