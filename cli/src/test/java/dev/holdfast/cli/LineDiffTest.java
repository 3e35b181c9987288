package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.LineDiff.Edit;
import dev.holdfast.cli.LineDiff.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Property(tries = 500)
    void editsLeadFromOneTextToTheOtherInAsFewStepsAsPossible(
            @ForAll @Size(max = 12) List<@CharRange(from = 'a', to = 'c') Character> one,
            @ForAll @Size(max = 12) List<@CharRange(from = 'a', to = 'c') Character> other) {
        var before = one.stream().map(String::valueOf).toList();
        var after = other.stream().map(String::valueOf).toList();

        var edits = LineDiff.of(before, after);

        assertThat(lines(edits, Kind.ADDED)).isEqualTo(before);
        assertThat(lines(edits, Kind.REMOVED)).isEqualTo(after);
        long changed = edits.stream().filter(edit -> edit.kind() != Kind.KEPT).count();
        assertThat(changed).isEqualTo(before.size() + after.size() - 2L * longestCommon(before, after));
    }

    /// What is left without the lines of one kind.
    private static List<String> lines(List<Edit> edits, Kind without) {
        return edits.stream()
                .filter(edit -> edit.kind() != without)
                .map(Edit::line)
                .toList();
    }

    /// The textbook's table.
    private static int longestCommon(List<String> before, List<String> after) {
        var table = new int[before.size() + 1][after.size() + 1];
        for (int i = 1; i <= before.size(); i++) {
            for (int j = 1; j <= after.size(); j++) {
                table[i][j] = before.get(i - 1).equals(after.get(j - 1))
                        ? table[i - 1][j - 1] + 1
                        : Math.max(table[i - 1][j], table[i][j - 1]);
            }
        }
        return table[before.size()][after.size()];
    }

    @Test
    void textsThatHaveNearlyNothingInCommonAreReplaced() {
        var before = new ArrayList<>(List.of("head"));
        var after = new ArrayList<>(List.of("head"));
        IntStream.range(0, 5_000).forEach(i -> before.add("before " + i));
        IntStream.range(0, 5_000).forEach(i -> after.add("after " + i));

        var edits = LineDiff.of(before, after);

        assertThat(edits).hasSize(10_001);
        assertThat(lines(edits, Kind.ADDED)).isEqualTo(before);
        assertThat(lines(edits, Kind.REMOVED)).isEqualTo(after);
    }

    @Test
    void hunksHaveThreeLinesAroundAndNumbersAsDiffWritesThem() {
        var before = IntStream.rangeClosed(1, 30).mapToObj(i -> "line " + i).toList();
        var after = new ArrayList<>(before);
        after.set(4, "changed");
        after.add(20, "added");
        after.removeLast();

        assertThat(UnifiedDiff.hunks(LineDiff.of(before, after)))
                .containsExactly(
                        "@@ -2,7 +2,7 @@",
                        " line 2",
                        " line 3",
                        " line 4",
                        "-line 5",
                        "+changed",
                        " line 6",
                        " line 7",
                        " line 8",
                        "@@ -18,6 +18,7 @@",
                        " line 18",
                        " line 19",
                        " line 20",
                        "+added",
                        " line 21",
                        " line 22",
                        " line 23",
                        "@@ -27,4 +28,3 @@",
                        " line 27",
                        " line 28",
                        " line 29",
                        "-line 30");
    }

    @Test
    void aTextBesideNothingIsShownWhole() {
        assertThat(UnifiedDiff.hunks(LineDiff.of(List.of(), List.of("a", "b"))))
                .containsExactly("@@ -0,0 +1,2 @@", "+a", "+b");
        assertThat(UnifiedDiff.hunks(LineDiff.of(List.of("a"), List.of()))).containsExactly("@@ -1 +0,0 @@", "-a");
        assertThat(UnifiedDiff.hunks(LineDiff.of(List.of("a"), List.of("a")))).isEmpty();
    }
}
