package dev.holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Secret;
import dev.holdfast.port.GitHost.Remote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Against git itself: its client with our endpoint, its server with our host.
@Tag("slow")
class NativeGitTest {

    @TempDir
    Path folder = Path.of("");

    private NativeGit git;
    private HttpForge forge;
    private JGitHost host;

    @BeforeEach
    void start() throws IOException {
        git = NativeGit.in(folder.resolve("home"));
        forge = new HttpForge(folder.resolve("served"));
        host = new JGitHost(GitSettings.in(folder.resolve("cache"), Secret.of("key")), new TestingTasks());
    }

    @AfterEach
    void stop() {
        if (host != null) host.close();
        if (forge != null) forge.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2"})
    void clonesPushesAndFetchesOverEachProtocolVersion(String version) throws IOException {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", HttpForge.files(30));
        var url = shop.remote().url() + ".git";
        var protocol = "protocol.version=" + version;
        var work = folder.resolve("work");

        git.run(folder, "-c", protocol, "clone", "-q", url, "work");
        assertThat(git.run(work, "rev-parse", "HEAD")).isEqualTo(first);
        assertThat(work.resolve("apps/app-7/web.yaml")).hasContent("name: app-7\n");

        // over a megabyte, so that git sends it in chunks
        Files.writeString(work.resolve("large.txt"), "x\n".repeat(1_000_000));
        Files.writeString(work.resolve("b.yaml"), "b: 1");
        git.run(work, "add", "-A");
        git.run(work, "commit", "-qm", "Add b");
        git.run(work, "-c", protocol, "push", "-q", "origin", "HEAD:main", "HEAD:refs/heads/topic");
        var pushed = git.run(work, "rev-parse", "HEAD");
        assertThat(shop.repository().tip("main")).contains(pushed);
        assertThat(shop.repository().tip("topic")).contains(pushed);

        var next = shop.commit("main", "next", Map.of("c.yaml", "c: 1"));
        git.run(work, "-c", protocol, "fetch", "-q", "--depth", "1", "origin", "main");
        assertThat(git.run(work, "rev-parse", "FETCH_HEAD")).isEqualTo(next);

        git.run(work, "reset", "-q", "--hard", first);
        git.run(work, "-c", protocol, "push", "-qf", "origin", "HEAD:main", ":refs/heads/topic");
        assertThat(shop.repository().tip("main")).contains(first);
        assertThat(shop.repository().tip("topic")).isEmpty();
    }

    @Test
    void whatGitPushesOurHostReads() throws IOException {
        var shop = forge.create("shop");
        var work = folder.resolve("work");
        git.run(folder, "init", "-q", "-b", "main", "work");
        Files.createDirectories(work.resolve("apps"));
        Files.writeString(work.resolve("apps/web.yaml"), "kind: Web\n");
        Files.createSymbolicLink(work.resolve("apps/link.yaml"), Path.of("web.yaml"));
        git.run(work, "add", "-A");
        git.run(work, "commit", "-qm", "Begin");
        git.run(work, "tag", "-a", "v1", "-m", "v1");
        git.run(work, "push", "-q", shop.remote().url(), "main", "v1");
        var store = host.store(shop.remote());

        var head = git.run(work, "rev-parse", "HEAD");
        assertThat(store.refs()).containsEntry("HEAD", head).containsEntry("refs/tags/v1", head);
        store.fetch(Set.of(head));
        assertThat(store.snapshot(head).read("apps/link.yaml")).asString().isEqualTo("kind: Web\n");
        assertThat(store.commit(head).author()).isEqualTo("Ada <ada@example.org>");
    }

    @Test
    void theEndpointKeepsToWhatItServes() throws IOException {
        var shop = forge.create("shop");
        shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var server = forge.server();

        for (var path : new String[] {"other", "..", "shop/../../etc", "shop.git/config"}) {
            assertThatThrownBy(() -> git.run(folder, "ls-remote", server.url(path)))
                    .as(path)
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(git.run(folder, "ls-remote", server.url("shop"))).contains("refs/heads/main");
    }

    @Test
    void readsFromGitsOwnServer() throws IOException {
        var work = served();
        var first = commit(work, "a: 1");
        var store = host.store(new Remote(forge.server().url("native.git"), Optional.empty()));
        assertThat(store.refs()).containsEntry("refs/heads/main", first);
        store.fetch(Set.of(first));
        assertThat(store.snapshot(first).read("a.yaml")).asString().isEqualTo("a: 1");
        for (int i = 2; i < 5; i++) commit(work, "a: " + i);
        var last = commit(work, "a: last");
        store.refs();

        store.fetch(Set.of(last));

        assertThat(store.snapshot(last).read("a.yaml")).asString().isEqualTo("a: last");
        assertThat(store.isAncestor(first, last)).contains(true);
    }

    @Test
    void findsAnOldCommitOnGitsOwnServerAndMissesOneThatIsNotThere() throws IOException {
        var work = served();
        var first = commit(work, "a: 1");
        commit(work, "a: 2");
        var last = commit(work, "a: 3");
        var store = host.store(new Remote(forge.server().url("native.git"), Optional.empty()));
        store.refs();
        store.fetch(Set.of(last));

        store.fetch(Set.of(first));

        assertThat(store.snapshot(first).read("a.yaml")).asString().isEqualTo("a: 1");
        var failure = catchThrowableOfType(FaultException.class, () -> store.fetch(Set.of("ab".repeat(20))));
        assertThat(failure.fault().code()).isEqualTo("CommitNotFound");
        int before = forge.server().requests().size();
        assertThat(catchThrowableOfType(FaultException.class, () -> store.fetch(Set.of("ab".repeat(20)))))
                .isNotNull();
        assertThat(forge.server().requests()).as("not searched for again").hasSize(before);
    }

    @Test
    void findsAnOldCommitOnAnOldServer() throws IOException {
        var work = served();
        var first = commit(work, "a: 1");
        commit(work, "a: 2");
        var last = commit(work, "a: 3");
        forge.server().answer("native", git.oldBackend(folder.resolve("native")));
        var store = host.store(new Remote(forge.server().url("native.git"), Optional.empty()));
        store.refs();
        store.fetch(Set.of(last));

        store.fetch(Set.of(first));

        assertThat(store.snapshot(first).read("a.yaml")).asString().isEqualTo("a: 1");
    }

    @Test
    void followsAForcePushOnGitsOwnServer() throws IOException {
        var work = served();
        commit(work, "a: 1");
        var second = commit(work, "a: 2");
        var store = host.store(new Remote(forge.server().url("native.git"), Optional.empty()));
        store.refs();
        store.fetch(Set.of(second));
        git.run(work, "reset", "-q", "--hard", "HEAD^");
        var forced = commit(work, "a: forced");
        store.refs();

        store.fetch(Set.of(forced));

        assertThat(store.snapshot(forced).read("a.yaml")).asString().isEqualTo("a: forced");
        assertThat(store.isAncestor(second, forced)).isNotEqualTo(Optional.of(true));
    }

    private Path served() throws IOException {
        var root = folder.resolve("native");
        Files.createDirectories(root);
        git.run(root, "init", "-q", "--bare", "-b", "main", "native.git");
        forge.server().answer("native", git.backend(root));
        git.run(folder, "clone", "-q", root.resolve("native.git").toString(), "work");
        return folder.resolve("work");
    }

    private String commit(Path work, String content) throws IOException {
        Files.writeString(work.resolve("a.yaml"), content);
        git.run(work, "add", "-A");
        git.run(work, "commit", "-qm", content);
        git.run(work, "push", "-qf", "origin", "HEAD:main");
        return git.run(work, "rev-parse", "HEAD");
    }
}
