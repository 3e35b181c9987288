package dev.holdfast.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.testkit.InMemorySnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Sources made to harm: every one ends in a clear fault, or in what it says.
class HostileSourceTest {

    private static final String HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n";

    @Test
    void refusesAnObjectLargerThanAnyServerTakes() {
        var large = HEAD.formatted("x") + "data: {a: " + "x".repeat(3 << 20) + "}\n";

        assertThat(faults(large))
                .singleElement()
                .asString()
                .contains("x.yaml:1")
                .contains("ConfigMap 'x' has 314580");
        assertThat(objects(HEAD.formatted("x") + "data: {a: " + "x".repeat(3_000_000) + "}\n"))
                .isEqualTo(1);
    }

    @Test
    void refusesAnnotationsBeyondTheirLimit() {
        var head = "apiVersion: v1\nkind: X\nmetadata:\n  name: x\n  annotations:\n    a: ";

        assertThat(objects(head + "x".repeat(262_143) + "\n")).isEqualTo(1);
        assertThat(faults(head + "x".repeat(262_144) + "\n"))
                .singleElement()
                .asString()
                .contains("262145 bytes");
    }

    @Test
    void refusesNamesOfMoreThan253Characters() {
        assertThat(objects(HEAD.formatted("n".repeat(253)))).isEqualTo(1);
        assertThat(faults(HEAD.formatted("n".repeat(254))))
                .singleElement()
                .asString()
                .contains("254 characters");
    }

    @Test
    void readsFiftyThousandObjectsAndRefusesMore() {
        var many = new StringBuilder();
        for (int i = 0; i < 50_000; i++) many.append("{apiVersion: v1, kind: X, metadata: {name: a}}\n---\n");

        assertThat(objects("# yaml\n---\n" + many)).isEqualTo(50_000);
        var halves = InMemorySnapshot.EMPTY
                .with("a.yaml", "# yaml\n---\n" + many)
                .with("b.yaml", HEAD.formatted("one-more"));
        assertThat(sentences(halves, RenderLimits.DEFAULT))
                .containsExactly("b.yaml:1: there are more than 50000 objects. Let the App's path name a smaller"
                        + " directory");
    }

    @Test
    void readsAllLevelsThatAreAllowedAndRefusesMore() {
        assertThat(objects(HEAD.formatted("x") + "data: " + "[".repeat(499) + "]".repeat(499) + "\n"))
                .isEqualTo(1);
        assertThat(faults(HEAD.formatted("x") + "data: " + "[".repeat(600) + "]".repeat(600) + "\n"))
                .singleElement()
                .asString()
                .contains("nested deeper than 500 levels");
        var lists = "{apiVersion: v1, kind: List, items: [".repeat(200) + "]}".repeat(200);
        assertThat(objects("# yaml\n---\n" + lists)).isZero();
    }

    @Test
    void stopsAtTwentyProblems() {
        assertThat(faults("kind: X\n---\n".repeat(10_000))).hasSize(Findings.MOST);
    }

    @Test
    void stopsAtItsLimits() {
        var snapshot = InMemorySnapshot.EMPTY;
        for (int i = 0; i < 5; i++) snapshot = snapshot.with("f" + i + ".yaml", HEAD.formatted("x" + i));

        assertThat(sentences(snapshot, new RenderLimits(4, 9, 999, 999, 9, 999)))
                .singleElement()
                .asString()
                .contains("more than 4 files and directories");
        assertThat(sentences(snapshot, new RenderLimits(9, 4, 999, 999, 9, 999)))
                .singleElement()
                .asString()
                .contains("f4.yaml:1: there are more than 4 files");
        assertThat(sentences(snapshot, new RenderLimits(9, 9, 99, 999, 9, 999)))
                .singleElement()
                .asString()
                .contains("the files have more than 99 bytes");
        assertThat(sentences(snapshot, new RenderLimits(9, 9, 999, 9, 9, 999)))
                .hasSize(5)
                .first()
                .asString()
                .contains("f0.yaml:1: the file has 52 bytes, the most are 9");
    }

    @Test
    void refusesLinksThatLeadInACircle() {
        var snapshot = InMemorySnapshot.EMPTY
                .with("a/x.yaml", HEAD.formatted("x"))
                .with("b/y.yaml", HEAD.formatted("y"))
                .withLink("a/b", "b")
                .withLink("b/a", "a");

        assertThat(sentences(snapshot, RenderLimits.DEFAULT))
                .singleElement()
                .asString()
                .contains("lead in a circle");
    }

    private static int objects(String text) {
        var snapshot = InMemorySnapshot.EMPTY.with("x.yaml", text);
        var result = render(snapshot, RenderLimits.DEFAULT);
        assertThat(result).isInstanceOf(Result.Rendered.class);
        return ((Result.Rendered) result).manifests().size();
    }

    private static List<String> faults(String text) {
        return sentences(InMemorySnapshot.EMPTY.with("x.yaml", text), RenderLimits.DEFAULT);
    }

    private static List<String> sentences(InMemorySnapshot snapshot, RenderLimits limits) {
        var failed = (Result.Failed) render(snapshot, limits);
        return failed.faults().stream().map(Fault::sentence).toList();
    }

    private static Result render(InMemorySnapshot snapshot, RenderLimits limits) {
        var revision = new Revision("deploy", "main", snapshot.id());
        return Render.render(new Request(snapshot, revision, "", Placement.Rendering.DETECTED, limits));
    }
}
