package dev.holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Secret;
import dev.holdfast.model.Snapshot;
import dev.holdfast.port.GitHost.Remote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a store makes of what a dead process, a bad disk or a neighbour left in its folder.
class StoreRecoveryTest {

    @TempDir
    Path folder = Path.of("");

    private Path cache = Path.of("");
    private HttpForge forge;
    private final List<JGitHost> hosts = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        cache = folder.resolve("cache");
        forge = new HttpForge(folder.resolve("served"));
    }

    @AfterEach
    void stop() {
        hosts.forEach(JGitHost::close);
        forge.close();
    }

    private JGitHost host() {
        return host(GitSettings.in(cache, Secret.of("key")));
    }

    private JGitHost host(GitSettings settings) {
        var host = new JGitHost(settings, new TestingTasks());
        hosts.add(host);
        return host;
    }

    private void stopHosts() {
        hosts.forEach(JGitHost::close);
        hosts.clear();
    }

    @Test
    void lockFilesOfADeadProcessAreInNobodysWay() throws IOException {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        host().store(shop.remote()).fetch(Set.of(first));
        stopHosts();
        var store = store();
        for (var left : List.of(
                "config.lock",
                "HEAD.lock",
                "packed-refs.lock",
                "shallow.lock",
                "refs/holdfast/tips/heads/main.lock",
                "objects/incoming_1.pack",
                "objects/pack/pack-1.keep",
                "objects/pack/pack-1.pack",
                "objects/info/alternates")) {
            Files.createDirectories(store.resolve(left).getParent());
            Files.writeString(store.resolve(left), "/etc");
        }
        var second = shop.commit("main", "second", Map.of("a.yaml", "a: 2"));

        var again = host().store(shop.remote());
        again.refs();
        again.fetch(Set.of(second));

        assertThat(again.snapshot(second).read("a.yaml")).asString().isEqualTo("a: 2");
        assertThat(again.snapshot(first).read("a.yaml")).asString().isEqualTo("a: 1");
        assertThat(files(store))
                .noneMatch(path -> path.endsWith(".lock") || path.contains("incoming_") || path.endsWith("alternates"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "zeroed", "emptied", "no index", "no config", "no objects", "half made", "a file"})
    void aSpoiltStoreIsFetchedAnew(String damage) throws IOException {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", HttpForge.files(20));
        host().store(shop.remote()).fetch(Set.of(first));
        stopHosts();
        spoil(damage);

        var again = host().store(shop.remote());
        again.fetch(Set.of(first));

        assertThat(again.snapshot(first).read("apps/app-7/web.yaml")).asString().isEqualTo("name: app-7\n");
        var second = shop.commit("main", "second", Map.of("a.yaml", "a: 2"));
        again.refs();
        again.fetch(Set.of(second));
        assertThat(again.snapshot(second).list("apps")).hasSize(20);
    }

    @Test
    void aPackThatIsSpoiltWhileInUseIsReplacedAtTheNextFetch() throws IOException {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", HttpForge.files(20));
        var store = host().store(shop.remote());
        store.fetch(Set.of(first));
        var second = shop.commit("main", "second", Map.of("b/b.yaml", "b: 1"));
        store.refs();
        store.fetch(Set.of(second));
        for (var pack : packs(store())) Files.delete(pack);
        // what was opened stays readable; opening anew shows the loss
        stopHosts();
        var again = host().store(shop.remote());
        again.fetch(Set.of(first, second));

        assertThat(again.snapshot(first).list("apps")).hasSize(20);
        assertThat(again.snapshot(second).list("b")).hasSize(1);
    }

    @Test
    void aLostObjectIsAPassingFaultUntilTheNextFetch() throws IOException {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", HttpForge.files(20));
        var store = host().store(shop.remote());
        store.fetch(Set.of(first));
        var snapshot = store.snapshot(first);
        stopHosts();
        StoreRepository.delete(store());
        var again = host().store(shop.remote());

        var early = catchThrowableOfType(FaultException.class, () -> again.snapshot(first));
        assertThat(early.fault().code()).isEqualTo("CommitNotFetched");
        again.fetch(Set.of(first));
        assertThat(again.snapshot(first).list("apps")).hasSize(20);
        assertThat(snapshot.id()).isEqualTo(first);
    }

    @Test
    void aPackThatGoesBadWhileItIsReadIsFetchedAnewButNotAgainAndAgain() throws IOException {
        var shop = forge.create("shop");
        var commit = shop.commit("main", "first", TransferTest.noise(40, 20_000));
        var tasks = new TestingTasks();
        var host = new JGitHost(GitSettings.in(cache, Secret.of("key")), tasks);
        hosts.add(host);
        var store = host.store(shop.remote());
        store.fetch(Set.of(commit));

        zeroInPlace();
        assertThat(damagedFile(store.snapshot(commit))).isTrue();
        store.fetch(Set.of(commit));
        // one file only: JGit keeps in memory what was read
        assertThat(store.snapshot(commit).read("noise/0.txt")).isNotEmpty();

        zeroInPlace();
        assertThat(damagedFile(store.snapshot(commit))).isTrue();
        // whether the commit itself counts as readable depends on what JGit still has in memory
        long before = forge.server().sent();
        for (int i = 0; i < 3; i++) {
            var soon = catchThrowable(() -> store.fetch(Set.of(commit)));
            if (soon != null) assertThat(soon).hasMessageContaining("damaged");
        }
        assertThat(forge.server().sent() - before).as("sent within the hour").isLessThan(100_000);

        tasks.advance(Duration.ofHours(2));
        store.fetch(Set.of(commit));
        assertThat(damagedFile(store.snapshot(commit))).as("an hour later").isFalse();
    }

    /// Whether a file can't be read because the store is damaged.
    private static boolean damagedFile(Snapshot snapshot) {
        for (int i = 0; i < 40; i++) {
            int number = i;
            var failure = catchThrowable(() -> snapshot.read("noise/" + number + ".txt"));
            if (failure instanceof FaultException fault) {
                assertThat(fault.fault().code()).isEqualTo("StoreDamaged");
                assertThat(fault.fault()).isInstanceOf(Fault.Transient.class);
                return true;
            }
        }
        return false;
    }

    private void zeroInPlace() throws IOException {
        for (var pack : packs(store())) {
            try (var channel = FileChannel.open(writable(pack), StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate((int) channel.size()));
            }
        }
    }

    private void spoil(String damage) throws IOException {
        var store = store();
        switch (damage) {
            case "cut" -> {
                for (var pack : packs(store))
                    Files.write(writable(pack), java.util.Arrays.copyOf(Files.readAllBytes(pack), 60));
            }
            case "zeroed" -> {
                for (var pack : packs(store)) Files.write(writable(pack), new byte[(int) Files.size(pack)]);
            }
            case "emptied" -> {
                for (var pack : packs(store)) Files.write(writable(pack), new byte[0]);
            }
            case "no index" -> {
                for (var pack : packs(store))
                    Files.delete(Path.of(pack.toString().replace(".pack", ".idx")));
            }
            case "no config" -> Files.delete(store.resolve("config"));
            case "no objects" -> StoreRepository.delete(store.resolve("objects"));
            case "half made" -> Files.writeString(store.resolve("config"), "[core]\n\tbare = true\n");
            default -> {
                StoreRepository.delete(store);
                Files.writeString(store, "in the way");
            }
        }
    }

    private static Path writable(Path file) {
        assertThat(file.toFile().setWritable(true)).isTrue();
        return file;
    }

    @Test
    void twoProcessesNeverShareAFolder() {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));

        host().store(shop.remote()).fetch(Set.of(first));
        host().store(shop.remote()).fetch(Set.of(first));

        assertThat(stores()).hasSize(2);
        assertThat(cache.resolve("0")).isDirectory();
        assertThat(cache.resolve("1")).isDirectory();
    }

    @Test
    void nothingOnDiskTellsACredential() throws IOException {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        shop.protect("canary-pw");
        var store = host().store(shop.remote("canary-pw"));
        store.refs();
        store.fetch(Set.of(first));
        host(GitSettings.in(folder.resolve("other"), Secret.of("another key")))
                .store(shop.remote("canary-pw"))
                .fetch(Set.of(first));

        for (var file : files(cache)) {
            assertThat(file).doesNotContain("canary");
            assertThat(new String(Files.readAllBytes(Path.of(file)), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("canary");
        }
        var names = stores().stream()
                .map(path -> String.valueOf(path.getFileName()))
                .toList();
        try (var others = Files.list(folder.resolve("other/0"))) {
            assertThat(others.map(path -> String.valueOf(path.getFileName()))).doesNotContainAnyElementsOf(names);
        }
    }

    @Test
    void nothingIsWrittenOutsideTheCache() throws IOException {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var home = folder.resolve("home");
        Files.createDirectories(home);
        var before = files(folder.resolve("served"));
        var temporary = temporary();

        var store = host().store(shop.remote());
        store.refs();
        store.fetch(Set.of(first));
        store.snapshot(first).read("a.yaml");

        assertThat(files(folder.resolve("served"))).isEqualTo(before);
        assertThat(files(home)).isEmpty();
        assertThat(temporary()).isEqualTo(temporary);
        assertThat(files(cache)).noneMatch(path -> path.endsWith("a.yaml") || path.contains("probe"));
    }

    private List<String> temporary() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::toString)
                    .filter(path -> path.contains("jgit") || path.contains(".probe"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void manyPacksBecomeOneAndWhatIsWantedStays() throws IOException {
        var shop = forge.create("shop");
        var settings = GitSettings.in(cache, Secret.of("key"));
        var store = host(settings.with(settings.limits().withPacks(5))).store(shop.remote());
        var commits = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            commits.add(shop.commit("main", "commit " + i, Map.of("a.yaml", "a: " + i)));
            store.refs();
            store.fetch(Set.of(commits.getLast()));
        }

        assertThat(packs(store())).hasSizeLessThan(7);
        for (int i = 0; i < 12; i++) {
            assertThat(store.snapshot(commits.get(i)).read("a.yaml")).asString().isEqualTo("a: " + i);
        }
        assertThat(store.isAncestor(commits.getFirst(), commits.getLast())).contains(true);
    }

    @Test
    void storesOfRemotesThatNobodyUsesGo() {
        var shop = forge.create("shop");
        var blog = forge.create("blog");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var other = blog.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var host = host();
        host.store(shop.remote()).fetch(Set.of(first));
        host.store(blog.remote()).fetch(Set.of(other));

        host.keepOnly(List.of(shop.remote()));

        assertThat(stores()).hasSize(1);
        assertThat(host.store(shop.remote()).snapshot(first).list("")).hasSize(1);
    }

    @Test
    void localRepositoriesAreReadWhereTheyAreAllowed() {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        shop.tag("v1", first);
        var url = "file://" + shop.repository().repository().getDirectory();
        var settings = GitSettings.in(cache, Secret.of("key"));
        var store =
                host(settings.with(new GitSettings.UrlPolicy(false, true))).store(new Remote(url, Optional.empty()));

        assertThat(store.refs()).containsEntry("refs/heads/main", first).containsEntry("refs/tags/v1", first);
        store.fetch(Set.of(first));
        assertThat(store.snapshot(first).list("")).hasSize(1);
        var gone = host(settings.with(new GitSettings.UrlPolicy(false, true)))
                .store(new Remote("file:///nowhere/at/all", Optional.empty()));
        assertThat(catchThrowableOfType(FaultException.class, gone::refs)
                        .fault()
                        .code())
                .isEqualTo("RepositoryNotFound");
    }

    private Path store() {
        return stores().getFirst();
    }

    private List<Path> stores() {
        try (var slots = Files.walk(cache, 2)) {
            return slots.filter(path -> path.getParent() != null
                            && cache.equals(path.getParent().getParent()))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static List<Path> packs(Path store) throws IOException {
        try (var files = Files.list(store.resolve("objects/pack"))) {
            return files.filter(path -> path.toString().endsWith(".pack")).toList();
        }
    }

    private static List<String> files(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }
}
