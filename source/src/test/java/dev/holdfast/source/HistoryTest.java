package dev.holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

    private static final String TREE = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";
    private static final String ADA =
            "author Ada <ada@example.org> 1700000000 +0000\n" + "committer Ada <ada@example.org> 1700000000 +0000\n\n";

    @TempDir
    Path folder = Path.of("");

    private LocalRepository local;
    private Repository repository;

    @BeforeEach
    void start() {
        local = LocalRepository.create(folder.resolve("a"), InstantSource.system());
        repository = local.repository();
    }

    @AfterEach
    void stop() {
        local.close();
    }

    private ObjectId commit(String text) throws IOException {
        try (var inserter = repository.newObjectInserter()) {
            var id = inserter.insert(Constants.OBJ_COMMIT, text.getBytes(StandardCharsets.UTF_8));
            inserter.flush();
            return id;
        }
    }

    private ObjectId on(List<ObjectId> parents, String message) throws IOException {
        var text = new StringBuilder(TREE);
        for (var parent : parents) text.append("parent ").append(parent.name()).append('\n');
        return commit(text + ADA + message);
    }

    @Test
    void followsMergesAndKnowsNoFromUnknown() throws IOException {
        var root = on(List.of(), "root");
        var left = on(List.of(root), "left");
        var right = on(List.of(root), "right");
        var merge = on(List.of(left, right), "merge");
        var lost = ObjectId.fromString("1".repeat(40));
        var cut = on(List.of(lost), "cut");
        var onCut = on(List.of(cut, root), "on cut");

        try (var reader = repository.newObjectReader()) {
            assertThat(History.isAncestor(reader, root, merge)).contains(true);
            assertThat(History.isAncestor(reader, right, merge)).contains(true);
            assertThat(History.isAncestor(reader, merge, merge)).contains(true);
            assertThat(History.isAncestor(reader, left, right)).contains(false);
            assertThat(History.isAncestor(reader, merge, root)).contains(false);
            assertThat(History.isAncestor(reader, lost, onCut)).contains(true);
            assertThat(History.isAncestor(reader, merge, onCut)).isEmpty();
            assertThat(History.isAncestor(reader, root, onCut)).contains(true);
        }
    }

    @Test
    void longHistoryIsWalkedWithoutDepth() throws IOException {
        var commits = new ArrayList<ObjectId>();
        commits.add(on(List.of(), "root"));
        for (int i = 1; i < 2000; i++) commits.add(on(List.of(commits.getLast()), "commit " + i));

        try (var reader = repository.newObjectReader()) {
            assertThat(History.isAncestor(reader, commits.getFirst(), commits.getLast()))
                    .contains(true);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "garbage",
                "tree zz\n",
                TREE,
                TREE + "\nno author",
                TREE + "author\ncommitter\n\nx",
                TREE + "author <>\ncommitter <> x y\n\nx",
                TREE + "author Ada <ada@x> 99999999999999999999 +9999\ncommitter Ada <ada@x> -1 -9999\n\nx",
                TREE + "parent zz\n" + ADA,
                TREE + "encoding nonsense\n" + ADA,
                TREE + "author Ada <ada@x> 1 +0000\ncommitter Ada <ada@x> 1 +0000\nencoding nonsense\n\nx"
            })
    void aMalformedCommitIsNoCrash(String text) throws IOException {
        var id = commit(text);
        try (var reader = repository.newObjectReader()) {
            var info = History.commit(reader, id);
            assertThat(info.id()).isEqualTo(id.name());
        } catch (IllegalArgumentException told) {
            assertThat(told).isNotNull();
        }
    }

    @Test
    void longTextsAreCut() throws IOException {
        var id = on(List.of(), "x".repeat(100_000));
        try (var reader = repository.newObjectReader()) {
            assertThat(History.commit(reader, id).title()).hasSizeLessThan(600);
        }
    }
}
