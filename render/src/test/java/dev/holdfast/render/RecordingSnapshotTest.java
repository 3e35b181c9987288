package dev.holdfast.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Placement;
import dev.holdfast.model.ReadRecord;
import dev.holdfast.model.Revision;
import dev.holdfast.testkit.InMemorySnapshot;
import org.junit.jupiter.api.Test;

class RecordingSnapshotTest {

    private static final String MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

    private final InMemorySnapshot snapshot = InMemorySnapshot.EMPTY
            .with("apps/a/x.yaml", MAP)
            .with("apps/a/deep/y.yaml", MAP)
            .with("apps/b/z.yaml", MAP);

    @Test
    void notesADirectoryOnceForEverythingBelowIt() {
        assertThat(reads(snapshot, "apps/a").ids())
                .containsOnlyKeys("apps/a")
                .containsEntry("apps/a", snapshot.entry("apps/a").orElseThrow().id());
        assertThat(reads(snapshot, "").ids()).containsOnlyKeys("");
    }

    @Test
    void notesASingleFileAndWhatIsMissing() {
        assertThat(reads(snapshot, "apps/a/x.yaml").ids()).containsOnlyKeys("apps/a/x.yaml");
        assertThat(reads(snapshot, "apps/c").ids()).containsEntry("apps/c", "");
    }

    @Test
    void tellsWhetherAnotherCommitReadsTheSame() {
        var reads = reads(snapshot, "apps/a");

        assertThat(reads.sameIn(snapshot.with("apps/b/z.yaml", "other"))).isTrue();
        assertThat(reads.sameIn(snapshot.with("apps/a/deep/y.yaml", "other"))).isFalse();
        assertThat(reads.sameIn(snapshot.with("apps/a/new.yaml", MAP))).isFalse();
        assertThat(reads.sameIn(snapshot.without("apps/a/x.yaml"))).isFalse();
        assertThat(reads(snapshot, "apps/c").sameIn(snapshot.with("apps/c/x.yaml", MAP)))
                .isFalse();
    }

    @Test
    void noticesAChangeBehindALinkThatLeavesTheDirectory() {
        var linked = snapshot.withLink("apps/a/base.yaml", "shared/base.yaml")
                .withLink("apps/a/more", "shared/more")
                .with("shared/base.yaml", MAP)
                .with("shared/more/m.yaml", MAP);
        var reads = reads(linked, "apps/a");

        assertThat(reads.ids()).containsOnlyKeys("apps/a", "apps/a/base.yaml", "apps/a/more");
        assertThat(reads.sameIn(linked.with("apps/b/z.yaml", "other"))).isTrue();
        assertThat(reads.sameIn(linked.with("shared/base.yaml", "other"))).isFalse();
        assertThat(reads.sameIn(linked.with("shared/more/n.yaml", "other"))).isFalse();
    }

    private static ReadRecord reads(InMemorySnapshot snapshot, String path) {
        var revision = new Revision("deploy", "main", snapshot.id());
        return Render.render(new Request(snapshot, revision, path, Placement.Rendering.DETECTED, RenderLimits.DEFAULT))
                .reads();
    }
}
