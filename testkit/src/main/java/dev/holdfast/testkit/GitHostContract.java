package dev.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Snapshot;
import dev.holdfast.port.GitHost;
import dev.holdfast.port.Refs;
import dev.holdfast.testkit.Forge.Trouble;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What every {@link GitHost} does, whether it speaks to a real server or to none.
public abstract class GitHostContract {

    protected abstract GitHost host();

    protected abstract Forge forge();

    @Test
    void listsBranchesTagsAndHeadAsCommits() {
        var shop = forge().create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var second = shop.commit("next", "second", Map.of("a.yaml", "a: 2"));
        shop.tag("v1", first);

        assertThat(host().store(shop.remote()).refs())
                .containsEntry("HEAD", first)
                .containsEntry("refs/heads/main", first)
                .containsEntry("refs/heads/next", second)
                .containsEntry("refs/tags/v1", first);
    }

    @Test
    void readsTheTreeOfAFetchedCommit() {
        var shop = forge().create("shop");
        var commit = shop.commit("main", "first", Map.of("apps/shop/web.yaml", "kind: Web", "README.md", "Hi"));

        var snapshot = fetched(shop.remote(), commit);

        assertThat(snapshot.id()).isEqualTo(commit);
        assertThat(snapshot.list("")).extracting(Snapshot.Entry::path).containsExactly("README.md", "apps");
        assertThat(snapshot.list("apps/shop")).extracting(Snapshot.Entry::path).containsExactly("apps/shop/web.yaml");
        assertThat(text(snapshot, "apps/shop/web.yaml")).isEqualTo("kind: Web");
        assertThat(snapshot.entry("apps"))
                .hasValueSatisfying(entry -> assertThat(entry.kind()).isEqualTo(Snapshot.Kind.DIRECTORY));
        assertThat(snapshot.entry("README.md"))
                .hasValueSatisfying(entry -> assertThat(entry.size()).isEqualTo(2));
        assertThat(snapshot.entry("apps/none.yaml")).isEmpty();
        assertThat(snapshot.entry("README.md/below")).isEmpty();
    }

    @Test
    void idsOfPathsChangeExactlyWhereContentDoes() {
        var shop = forge().create("shop");
        var before = shop.commit("main", "first", Map.of("a/x.yaml", "x: 1", "b/y.yaml", "y: 1"));
        var after = shop.commit("main", "second", Map.of("b/y.yaml", "y: 2"));

        var old = fetched(shop.remote(), before);
        var now = fetched(shop.remote(), after);

        assertThat(id(now, "a")).isEqualTo(id(old, "a"));
        assertThat(id(now, "a/x.yaml")).isEqualTo(id(old, "a/x.yaml"));
        assertThat(id(now, "b")).isNotEqualTo(id(old, "b"));
        assertThat(id(now, "b/y.yaml")).isNotEqualTo(id(old, "b/y.yaml"));
        assertThat(id(now, "")).isNotEqualTo(id(old, ""));
    }

    @Test
    void aRemovedFileIsGoneWithItsEmptyDirectory() {
        var shop = forge().create("shop");
        shop.commit("main", "first", Map.of("a/x.yaml", "x: 1", "b.yaml", "b"));
        var after = shop.commit("main", "second", Map.of("a/x.yaml", ""));

        assertThat(fetched(shop.remote(), after).list(""))
                .extracting(Snapshot.Entry::path)
                .containsExactly("b.yaml");
    }

    @Test
    void tellsWhoWroteACommitAndOnTopOfWhat() {
        var shop = forge().create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var second = shop.commit("main", "Set a to 2\n\nBecause.", Map.of("a.yaml", "a: 2"));
        var store = host().store(shop.remote());
        store.fetch(Set.of(second));

        var info = store.commit(second);

        assertThat(info.id()).isEqualTo(second);
        assertThat(info.title()).isEqualTo("Set a to 2");
        assertThat(info.author()).isNotEmpty();
        assertThat(info.parents()).containsExactly(first);
    }

    @Test
    void followsABranchFromCommitToCommit() {
        var shop = forge().create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var store = host().store(shop.remote());
        assertThat(store.refs()).containsEntry("refs/heads/main", first);
        store.fetch(Set.of(first));
        var second = shop.commit("main", "second", Map.of("a.yaml", "a: 2"));
        assertThat(store.refs()).containsEntry("refs/heads/main", second);
        store.fetch(Set.of(second));

        assertThat(text(store.snapshot(second), "a.yaml")).isEqualTo("a: 2");
        assertThat(text(store.snapshot(first), "a.yaml")).isEqualTo("a: 1");
        assertThat(store.isAncestor(first, second)).contains(true);
        assertThat(store.isAncestor(second, second)).contains(true);
    }

    @Test
    void neverTakesAForcePushForAFastForward() {
        var shop = forge().create("shop");
        var base = shop.commit("main", "base", Map.of("a.yaml", "a: 0"));
        var pushed = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var store = host().store(shop.remote());
        store.refs();
        store.fetch(Set.of(pushed));
        var forced = shop.forcePush("main", base, Map.of("a.yaml", "a: other"));

        assertThat(store.refs()).containsEntry("refs/heads/main", forced);
        store.fetch(Set.of(forced));

        assertThat(text(store.snapshot(forced), "a.yaml")).isEqualTo("a: other");
        assertThat(store.isAncestor(pushed, forced)).isNotEqualTo(Optional.of(true));
    }

    @Test
    void knowsTheWholeHistoryWhenItWasDeepened() {
        var shop = forge().create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var second = shop.commit("main", "second", Map.of("a.yaml", "a: 2"));
        var third = shop.commit("main", "third", Map.of("a.yaml", "a: 3"));
        var store = host().store(shop.remote());
        store.refs();
        store.fetch(Set.of(third));
        assertThat(store.isAncestor(first, third)).isNotEqualTo(Optional.of(false));

        store.deepen(Set.of(third));

        assertThat(store.isAncestor(first, third)).contains(true);
        var forced = shop.forcePush("main", first, Map.of("a.yaml", "a: other"));
        store.refs();
        store.fetch(Set.of(forced));
        store.deepen(Set.of(forced));
        assertThat(store.isAncestor(third, forced)).contains(false);
        assertThat(store.isAncestor(second, forced)).contains(false);
        assertThat(store.isAncestor(first, forced)).contains(true);
    }

    @Test
    void aDeletedBranchIsNoLongerListedAndItsFetchedCommitStaysReadable() {
        var shop = forge().create("shop");
        shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var gone = shop.commit("topic", "second", Map.of("a.yaml", "a: 2"));
        var store = host().store(shop.remote());
        store.refs();
        store.fetch(Set.of(gone));
        shop.deleteBranch("topic");

        assertThat(store.refs()).doesNotContainKey("refs/heads/topic");
        assertThat(text(store.snapshot(gone), "a.yaml")).isEqualTo("a: 2");
        assertThat(code(() -> Refs.resolve(store.refs(), Optional.of("topic")))).isEqualTo("RefNotFound");
    }

    @Test
    void fetchesACommitThatWasOvertakenMeanwhile() {
        var shop = forge().create("shop");
        var seen = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var store = host().store(shop.remote());
        store.refs();
        shop.commit("main", "second", Map.of("a.yaml", "a: 2"));

        store.fetch(Set.of(seen));

        assertThat(text(store.snapshot(seen), "a.yaml")).isEqualTo("a: 1");
    }

    @Test
    void anEmptyRepositoryHasNoRefs() {
        var store = host().store(forge().create("shop").remote());

        assertThat(store.refs()).isEmpty();
        assertThat(code(() -> Refs.resolve(store.refs(), Optional.empty()))).isEqualTo("RepositoryEmpty");
    }

    @Test
    void aCommitThatIsNotThereIsATerminalFault() {
        var shop = forge().create("shop");
        shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var store = host().store(shop.remote());

        var fault = fault(() -> store.fetch(Set.of("0123456789012345678901234567890123456789")));

        assertThat(fault).isInstanceOf(Fault.Terminal.class);
        assertThat(fault.code()).isEqualTo("CommitNotFound");
        assertThat(fault.sentence()).contains("0123456789");
    }

    @Test
    void asksForTheRightCredential() {
        var shop = forge().create("shop");
        var commit = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        shop.protect("swordfish-canary");

        for (var wrong : List.of(shop.remote(), shop.remote("guppy-canary"))) {
            var fault = fault(() -> host().store(wrong).refs());
            assertThat(fault).isInstanceOf(Fault.Terminal.class);
            assertThat(fault.code()).isEqualTo("CredentialRefused");
            assertThat(fault.sentence()).contains("shop").doesNotContain("canary");
        }
        assertThat(host().store(shop.remote("swordfish-canary")).refs()).containsEntry("HEAD", commit);
    }

    @Test
    void whatOneCredentialFetchedNoOtherReads() {
        var shop = forge().create("shop");
        var commit = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        shop.protect("swordfish");
        var store = host().store(shop.remote("swordfish"));
        store.fetch(Set.of(commit));

        var other = host().store(shop.remote());

        assertThat(code(() -> other.snapshot(commit))).isNotEmpty();
        assertThat(code(() -> other.fetch(Set.of(commit)))).isEqualTo("CredentialRefused");
        assertThat(text(store.snapshot(commit), "a.yaml")).isEqualTo("a: 1");
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE,RepositoryUnreachable,Transient",
        "UNAVAILABLE,RepositoryUnreachable,Transient",
        "LOGIN_PAGE,NotAGitServer,Transient",
        "GONE,RepositoryNotFound,Terminal"
    })
    void aServerInTroubleIsAFaultAndRecoversByItself(Trouble trouble, String code, String handling) {
        var shop = forge().create("shop");
        var commit = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var store = host().store(shop.remote());
        shop.misbehave(Optional.of(trouble));

        for (ThrowingCallable call : List.<ThrowingCallable>of(store::refs, () -> store.fetch(Set.of(commit)))) {
            var fault = fault(call);
            assertThat(fault.code()).isEqualTo(code);
            assertThat(fault.getClass().getSimpleName()).isEqualTo(handling);
            assertThat(fault.explanation().next()).isNotEmpty();
        }

        shop.misbehave(Optional.empty());
        store.fetch(Set.of(commit));
        assertThat(text(store.snapshot(commit), "a.yaml")).isEqualTo("a: 1");
    }

    @Test
    void whatWasFetchedIsReadWhileTheServerIsAway() {
        var shop = forge().create("shop");
        var commit = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var store = host().store(shop.remote());
        store.fetch(Set.of(commit));
        shop.misbehave(Optional.of(Trouble.UNREACHABLE));

        store.fetch(Set.of(commit));

        assertThat(text(store.snapshot(commit), "a.yaml")).isEqualTo("a: 1");
    }

    @Test
    void listsTheRefsOnceForEachTimeItIsAsked() {
        var shop = forge().create("shop");
        shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var store = host().store(shop.remote());
        int before = shop.listings();

        store.refs();
        store.refs();

        assertThat(shop.listings() - before).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "no-scheme/x",
        "ssh://git@host/x",
        "ext::sh -c id",
        "https://user:canary@host/x",
        "--upload-pack=x"
    })
    void refusesOtherUrls(String url) {
        var fault = fault(() -> host().store(new GitHost.Remote(url, Optional.empty())));

        assertThat(fault).isInstanceOf(Fault.Terminal.class);
        assertThat(fault.code()).isEqualTo("UrlRefused");
        assertThat(fault.sentence()).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({"../x", "/x", "x/", "a//b", "a/./b"})
    void refusesPathsThatAreNotInNormalForm(String path) {
        var shop = forge().create("shop");
        var commit = shop.commit("main", "first", Map.of("a/b", "a: 1"));
        var snapshot = fetched(shop.remote(), commit);

        assertThat(code(() -> snapshot.entry(path))).isEqualTo("PathRefused");
        assertThat(code(() -> snapshot.read(path))).isEqualTo("PathRefused");
        assertThat(code(() -> snapshot.list(path))).isEqualTo("PathRefused");
    }

    @Test
    void namesWhatIsMissingOrOfTheOtherKind() {
        var shop = forge().create("shop");
        var commit = shop.commit("main", "first", Map.of("a/b", "a: 1"));
        var snapshot = fetched(shop.remote(), commit);

        assertThat(code(() -> snapshot.read("none"))).isEqualTo("PathNotFound");
        assertThat(code(() -> snapshot.list("none"))).isEqualTo("PathNotFound");
        assertThat(code(() -> snapshot.read("a"))).isEqualTo("NotAFile");
        assertThat(code(() -> snapshot.list("a/b"))).isEqualTo("NotADirectory");
    }

    private Snapshot fetched(GitHost.Remote remote, String commit) {
        var store = host().store(remote);
        store.fetch(Set.of(commit));
        return store.snapshot(commit);
    }

    private static String id(Snapshot snapshot, String path) {
        return snapshot.entry(path).orElseThrow().id();
    }

    private static String text(Snapshot snapshot, String path) {
        return new String(snapshot.read(path), StandardCharsets.UTF_8);
    }

    protected static Fault fault(ThrowingCallable call) {
        var thrown = catchThrowableOfType(FaultException.class, call);
        assertThat(thrown).as("a fault").isNotNull();
        return thrown.fault();
    }

    protected static String code(ThrowingCallable call) {
        return fault(call).code();
    }
}
