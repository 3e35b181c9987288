package dev.holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Secret;
import dev.holdfast.model.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Trees as hostile or careless people push them, fetched over HTTP like any other.
class GitSnapshotTest {

    @TempDir
    Path folder = Path.of("");

    private HttpForge forge;
    private HttpForge.Hosted repository;
    private ObjectInserter inserter;
    private JGitHost host;

    @BeforeEach
    void start() throws IOException {
        forge = new HttpForge(folder.resolve("served"));
        repository = forge.create("shop");
        inserter = repository.repository().repository().newObjectInserter();
        var tree = new GitSettings.TreeLimits(1000, 50, 200, 8);
        var settings = GitSettings.in(folder.resolve("cache"), Secret.of("key"));
        host = new JGitHost(settings.with(settings.limits().with(tree)), new TestingTasks());
    }

    @AfterEach
    void stop() {
        host.close();
        inserter.close();
        forge.close();
    }

    @ParameterizedTest
    @CsvSource({
        "link-to-file,          apps/link,   base/web.yaml",
        "link-to-sibling,       apps/same,   apps/own.yaml",
        "through a directory,   apps/dir/web.yaml, base/web.yaml",
        "chain,                 apps/chain,  base/web.yaml",
        "dots inside the tree,  apps/dots,   base/web.yaml",
        "below a linked directory's link, apps/dir/up, apps/own.yaml"
    })
    void linksInsideTheTreeWork(String what, String path, String means) throws IOException {
        var snapshot = snapshot(linked());

        assertThat(text(snapshot, path)).as(what).isEqualTo(text(snapshot, means));
        assertThat(snapshot.entry(path).orElseThrow().id())
                .isEqualTo(snapshot.entry(means).orElseThrow().id());
        assertThat(snapshot.entry(path).orElseThrow().path()).isEqualTo(path);
    }

    @Test
    void aLinkedDirectoryIsListedUnderItsOwnPath() throws IOException {
        var snapshot = snapshot(linked());

        assertThat(snapshot.list("apps/dir"))
                .extracting(Snapshot.Entry::path)
                .containsExactly("apps/dir/up", "apps/dir/web.yaml");
        assertThat(snapshot.list("apps"))
                .filteredOn(entry -> entry.kind() == Snapshot.Kind.DIRECTORY)
                .extracting(Snapshot.Entry::name)
                .containsExactly("dir");
    }

    @Test
    void tellsWhereAContentReallyStands() throws IOException {
        var snapshot = snapshot(linked());

        assertThat(snapshot.real("apps/own.yaml")).isEqualTo("apps/own.yaml");
        assertThat(snapshot.real("apps/chain")).isEqualTo("base/web.yaml");
        assertThat(snapshot.real("apps/dir/web.yaml")).isEqualTo("base/web.yaml");
        assertThat(snapshot.real("apps/missing")).isEqualTo("apps/missing");
    }

    private Tree linked() throws IOException {
        var base = tree().link("up", "../apps/own.yaml").file("web.yaml", "kind: Web");
        var apps = tree().link("chain", "link")
                .link("dir", "../base/")
                .link("dots", "./../apps/.././base//web.yaml")
                .link("link", "../base/web.yaml")
                .file("own.yaml", "kind: Own")
                .link("same", "own.yaml");
        return tree().directory("apps", apps).directory("base", base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "/proc/self/environ",
                "../../etc/passwd",
                "../apps/../../canary",
                "..//..//x",
                "nowhere",
                "../nowhere/x",
                "own.yaml/x",
                "bad",
                ".",
                "..",
                "../apps",
                "..\\..\\x",
                "a\nb"
            })
    void linksThatLeadElsewhereAreRefusedByName(String target) throws IOException {
        var apps = tree().link("bad", target).file("own.yaml", "kind: Own");
        var snapshot = snapshot(tree().directory("apps", apps));

        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> snapshot.read("apps/bad"),
            () -> snapshot.entry("apps/bad"),
            () -> snapshot.list("apps"),
            () -> snapshot.read("apps/bad/below")
        }) {
            var fault = fault(call);
            assertThat(fault.code()).isEqualTo("SymlinkRefused");
            assertThat(fault.sentence()).contains("apps/bad", target.replace('\n', '?'));
        }
        assertThat(text(snapshot, "apps/own.yaml")).isEqualTo("kind: Own");
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        var apps = tree().link("a", "b").link("b", "c").link("c", "a");
        var snapshot = snapshot(tree().directory("apps", apps));

        assertThat(fault(() -> snapshot.read("apps/a")).code()).isEqualTo("SymlinkRefused");
    }

    @Test
    void directoriesThatLinkToEachOtherEndAtTheDepthLimit() throws IOException {
        var snapshot =
                snapshot(tree().directory("a", tree().link("x", "../b")).directory("b", tree().link("y", "../a")));
        var path = "a";
        for (int i = 0; i < 3; i++) {
            assertThat(snapshot.list(path)).isNotEmpty();
            path += "/x/y";
        }

        var deep = path + "/x/y";
        assertThat(fault(() -> snapshot.list(deep)).code()).isEqualTo("TreeTooDeep");
    }

    @Test
    void submodulesAreRefusedWhereTheyAreTouched() throws IOException {
        var snapshot = snapshot(tree().directory("apps", tree().submodule("lib").file("own.yaml", "kind: Own"))
                .directory("other", tree().file("a.yaml", "a: 1")));

        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> snapshot.list("apps"), () -> snapshot.entry("apps/lib"), () -> snapshot.read("apps/lib/x.yaml")
        }) {
            assertThat(fault(call).code()).isEqualTo("SubmoduleRefused");
            assertThat(fault(call).sentence()).contains("apps/lib");
        }
        assertThat(text(snapshot, "apps/own.yaml")).isEqualTo("kind: Own");
        assertThat(snapshot.list("other")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..", ".", ".git", ".GIT", ".Git", "git~1", "GIT~1", "git~12", ".git ", ".git.", ".git:stream",
                ".g\u200cit", ".git\u200d", "\ufeff.git", "a/b", "../x", "a\\b", "a\nb", "a\tb", "a\u0001b", "\u007f",
                        ""
            })
    void hostileNamesAreRefused(String name) throws IOException {
        var content = tree().file("x", "canary");
        var snapshot = snapshot(tree().directory("apps", tree().raw("100644", name, content.blob("canary")))
                .directory("dirs", tree().directory(name, content))
                .directory("other", tree().file("a.yaml", "a: 1")));

        assertThat(fault(() -> snapshot.list("apps")).code()).isEqualTo("HostileTree");
        var fault = fault(() -> snapshot.list("dirs"));
        assertThat(fault.code()).isEqualTo("HostileTree");
        assertThat(fault.sentence())
                .doesNotContain("canary")
                .doesNotContain("\n")
                .doesNotContain("\u200c");
        assertThat(snapshot.list("other")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".gitignore", ".github", "git", "gitea~1x", ".gitattributes", "a..b", "...", "näh.yaml", "a b"})
    void harmlessNeighboursOfHostileNamesWork(String name) throws IOException {
        var snapshot = snapshot(tree().file(name, "fine"));

        assertThat(text(snapshot, name)).isEqualTo("fine");
        assertThat(snapshot.list("")).hasSize(1);
    }

    @Test
    void namesThatAreNotUtf8OrStandTwiceAreRefused() throws IOException {
        var one = tree().blob("1");
        var latin = tree().raw("100644", "n\u00e4h".getBytes(StandardCharsets.ISO_8859_1), one);
        var twice = tree().file("a", "1").file("a", "2");
        var snapshot = snapshot(tree().directory("latin", latin).directory("twice", twice));

        assertThat(fault(() -> snapshot.list("latin")).code()).isEqualTo("HostileTree");
        assertThat(fault(() -> snapshot.list("twice")).code()).isEqualTo("HostileTree");
        assertThat(fault(() -> snapshot.read("twice/a")).code()).isEqualTo("HostileTree");
    }

    @Test
    void pointersToLargeFileStorageAreNotContent() throws IOException {
        var pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a".repeat(64) + "\nsize 12\n";
        var snapshot = snapshot(tree().file("big.yaml", pointer).file("talk.md", "See version https://git-lfs"));

        var fault = fault(() -> snapshot.read("big.yaml"));
        assertThat(fault.code()).isEqualTo("LfsPointer");
        assertThat(fault.explanation().place().path()).isEqualTo("big.yaml");
        assertThat(text(snapshot, "talk.md")).startsWith("See");
    }

    @Test
    void filesOverTheLimitAreListedButNotRead() throws IOException {
        var snapshot = snapshot(tree().file("big.yaml", "x".repeat(1001)).file("fits.yaml", "x".repeat(1000)));

        assertThat(snapshot.list("")).extracting(Snapshot.Entry::size).containsExactly(1001L, 1000L);
        var fault = fault(() -> snapshot.read("big.yaml"));
        assertThat(fault.code()).isEqualTo("FileTooLarge");
        assertThat(fault.sentence()).contains("1001", "1000 bytes");
        assertThat(snapshot.read("fits.yaml")).hasSize(1000);
    }

    @Test
    void directoriesOverTheLimitAreRefused() throws IOException {
        var wide = tree();
        for (int i = 0; i < 51; i++) wide.file("f%03d".formatted(i), "x");
        var snapshot = snapshot(tree().directory("wide", wide));

        assertThat(fault(() -> snapshot.list("wide")).code()).isEqualTo("TreeTooLarge");
    }

    @Test
    void aTreeThatHoldsItselfManyTimesEndsAtTheLimit() throws IOException {
        var inner = tree().file("leaf", "x");
        for (int level = 0; level < 6; level++) {
            var id = inner.write();
            inner = tree();
            for (int i = 0; i < 10; i++) inner.raw("40000", "d" + i, id);
        }
        var snapshot = snapshot(inner);

        assertThat(fault(() -> walk(snapshot, "")).code()).isEqualTo("TreeTooLarge");
        assertThat(text(snapshot, "d0/d1/d2/d3/d4/d5/leaf")).isEqualTo("x");
    }

    @Test
    void listingAgainCostsNothing() throws IOException {
        var snapshot = snapshot(tree().file("a", "1").file("b", "2"));

        for (int i = 0; i < 500; i++) assertThat(snapshot.list("")).hasSize(2);
    }

    @Test
    void bytesThatAreNoTreeAreAFault() throws IOException {
        var broken = inserter.insert(
                org.eclipse.jgit.lib.Constants.OBJ_TREE, "100644 truncated".getBytes(StandardCharsets.US_ASCII));
        var snapshot = unserved(tree().raw("40000", "apps", broken).file("z.yaml", "z: 1"));

        assertThat(fault(() -> snapshot.list("apps")).code()).isEqualTo("HostileTree");
        assertThat(text(snapshot, "z.yaml")).isEqualTo("z: 1");
    }

    @Test
    void anObjectOfTheWrongKindIsAFault() throws IOException {
        var file = tree().blob("no tree");
        var snapshot = unserved(tree().raw("40000", "apps", file).raw("100644", "x", ObjectId.zeroId()));

        assertThat(fault(() -> snapshot.list("apps")).code()).isEqualTo("StoreDamaged");
        assertThat(fault(() -> snapshot.read("x")).code()).isEqualTo("StoreDamaged");
    }

    @Test
    void aCommitOfAFileIsNoCommit() throws IOException {
        var blob = tree().file("a", "1").blob("x");
        tree().file("a", "1").commit(repository.repository().repository());
        var store = host.store(repository.remote());

        assertThat(fault(() -> store.fetch(Set.of(blob.name()))).code()).isEqualTo("CommitNotFound");
    }

    @Test
    void attributesAndHooksOfARepositoryMeanNothing() {
        var commit = repository.commit(
                "main",
                "filters",
                Map.of(
                        ".gitattributes", "*.yaml filter=evil eol=crlf ident\n",
                        ".lfsconfig", "[lfs]\n\turl = http://169.254.169.254/\n",
                        ".gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = -u./x\n",
                        "a.yaml", "id: $Id$\n"));
        var store = host.store(repository.remote());
        store.fetch(Set.of(commit));

        assertThat(text(store.snapshot(commit), "a.yaml")).isEqualTo("id: $Id$\n");
    }

    private static void walk(Snapshot snapshot, String directory) {
        for (var entry : snapshot.list(directory)) {
            if (entry.kind() == Snapshot.Kind.DIRECTORY) walk(snapshot, entry.path());
        }
    }

    private Tree tree() {
        return new Tree(inserter);
    }

    private Snapshot snapshot(Tree root) throws IOException {
        var commit = root.commit(repository.repository().repository());
        var store = host.store(repository.remote());
        store.fetch(Set.of(commit));
        return store.snapshot(commit);
    }

    /// What no server would hand out, read from where it is.
    private Snapshot unserved(Tree root) throws IOException {
        var commit = root.commit(repository.repository().repository());
        var tasks = new TestingTasks();
        var limits = GitSettings.TreeLimits.DEFAULT;
        var objects = new TreeObjects(
                repository.repository()::repository,
                new TreeCache(tasks.monitor(), 10, limits),
                failure -> GitFaults.damaged("it", failure));
        return new GitSnapshot(commit, root.write(), objects, limits, tasks.monitor());
    }

    private static String text(Snapshot snapshot, String path) {
        return new String(snapshot.read(path), StandardCharsets.UTF_8);
    }

    private static Fault fault(ThrowingCallable call) {
        var thrown = catchThrowableOfType(FaultException.class, call);
        assertThat(thrown).as("a fault").isNotNull();
        return thrown.fault();
    }
}
