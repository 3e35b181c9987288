package dev.holdfast.cli;

import dev.holdfast.cli.LineDiff.Edit;
import dev.holdfast.cli.LineDiff.Kind;
import java.util.ArrayList;
import java.util.List;

/// Edits as a unified diff: hunks with three lines of what is the same around what is not.
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    /// The hunks; none where nothing differs.
    static List<String> hunks(List<Edit> edits) {
        var lines = new ArrayList<String>();
        int beforeLine = 1;
        int afterLine = 1;
        int at = 0;
        while (at < edits.size()) {
            int change = nextChange(edits, at);
            if (change == edits.size()) break;
            int start = Math.max(at, change - CONTEXT);
            beforeLine += start - at;
            afterLine += start - at;
            int end = end(edits, change);
            var hunk = edits.subList(start, end);
            int removed = count(hunk, Kind.REMOVED);
            int added = count(hunk, Kind.ADDED);
            int kept = hunk.size() - removed - added;
            lines.add("@@ -" + range(beforeLine, kept + removed) + " +" + range(afterLine, kept + added) + " @@");
            for (var edit : hunk) lines.add(mark(edit.kind()) + edit.line());
            beforeLine += kept + removed;
            afterLine += kept + added;
            at = end;
        }
        return lines;
    }

    private static int nextChange(List<Edit> edits, int from) {
        int at = from;
        while (at < edits.size() && edits.get(at).kind() == Kind.KEPT) at++;
        return at;
    }

    /// Changes that are closer than two contexts share a hunk.
    private static int end(List<Edit> edits, int change) {
        int last = change;
        for (int at = change; at < edits.size() && at - last <= 2 * CONTEXT; at++) {
            if (edits.get(at).kind() != Kind.KEPT) last = at;
        }
        return Math.min(edits.size(), last + 1 + CONTEXT);
    }

    private static int count(List<Edit> edits, Kind kind) {
        return (int) edits.stream().filter(edit -> edit.kind() == kind).count();
    }

    /// As diff has it: an empty side is told by the line before it.
    private static String range(int first, int count) {
        int shown = count == 0 ? first - 1 : first;
        return count == 1 ? Integer.toString(shown) : shown + "," + count;
    }

    private static String mark(Kind kind) {
        return switch (kind) {
            case KEPT -> " ";
            case REMOVED -> "-";
            case ADDED -> "+";
        };
    }
}
