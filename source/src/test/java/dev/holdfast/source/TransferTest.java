package dev.holdfast.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Secret;
import dev.holdfast.port.GitHost;
import dev.holdfast.port.GitHost.Remote;
import dev.holdfast.source.GitSettings.TransferLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes over the wire, and what does not.
class TransferTest {

    @TempDir
    Path folder = Path.of("");

    private HttpForge forge;
    private TestServer server;
    private final List<JGitHost> hosts = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        forge = new HttpForge(folder.resolve("served"));
        server = forge.server();
    }

    @AfterEach
    void stop() {
        hosts.forEach(JGitHost::close);
        forge.close();
    }

    private JGitHost host(TransferLimits limits) {
        var settings = GitSettings.in(folder.resolve("cache"), Secret.of("key"));
        var host = new JGitHost(settings.with(settings.limits().with(limits)), new TestingTasks());
        hosts.add(host);
        return host;
    }

    private JGitHost host() {
        return host(TransferLimits.DEFAULT);
    }

    /// Files whose content does not compress, so that bytes on the wire tell what was sent.
    static Map<String, String> noise(int files, int bytes) {
        var random = new Random(files);
        var noise = new HashMap<String, String>();
        for (int i = 0; i < files; i++) {
            var text = new StringBuilder();
            while (text.length() < bytes) text.append(Long.toString(random.nextLong(), 36));
            noise.put("noise/" + i + ".txt", text.toString());
        }
        return noise;
    }

    @Test
    void anIncrementalFetchTransfersNewObjectsOnly() {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", noise(40, 5000));
        var store = host().store(shop.remote());
        store.refs();
        store.fetch(Set.of(first));
        assertThat(server.sent()).as("sent first").isGreaterThan(100_000);
        var second = shop.commit("main", "second", Map.of("apps/web.yaml", "a: 2"));
        store.refs();
        long before = server.sent();

        store.fetch(Set.of(second));

        assertThat(server.sent() - before).as("sent for a one-line commit").isLessThan(5000);
        assertThat(store.snapshot(second).list("noise")).hasSize(40);
    }

    @Test
    void theFirstFetchLeavesHistoryOut() {
        var shop = forge.create("shop");
        shop.commit("main", "large once", noise(40, 5000));
        var removal = new HashMap<String, String>();
        noise(40, 5000).keySet().forEach(path -> removal.put(path, ""));
        removal.put("a.yaml", "a: 1");
        var second = shop.commit("main", "small now", removal);
        var store = host().store(shop.remote());
        store.refs();
        store.fetch(Set.of(second));

        assertThat(server.sent()).isLessThan(10_000);
        var parent = store.commit(second).parents().getFirst();
        assertThat(store.isAncestor(parent, second)).contains(true);
        assertThat(store.isAncestor("1".repeat(40), second)).isEmpty();
    }

    @Test
    void severalCommitsAtOnceAreKnownToBeAFastForward() {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 0"));
        var store = host().store(shop.remote());
        store.refs();
        store.fetch(Set.of(first));
        for (int i = 1; i < 5; i++) shop.commit("main", "more", Map.of("a.yaml", "a: " + i));
        var last = shop.commit("main", "last", Map.of("a.yaml", "a: last"));
        store.refs();

        store.fetch(Set.of(last));

        assertThat(store.isAncestor(first, last)).contains(true);
    }

    @Test
    void whatIsHereAlreadyCostsNoRequest() {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var store = host().store(shop.remote());
        store.fetch(Set.of(first));
        int before = server.requests().size();

        store.fetch(Set.of(first));
        store.snapshot(first).read("a.yaml");

        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void aStoreOutlivesTheProcess() {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var earlier = host();
        earlier.store(shop.remote()).fetch(Set.of(first));
        earlier.close();
        hosts.clear();
        int before = server.requests().size();

        var store = host().store(shop.remote());
        store.fetch(Set.of(first));

        assertThat(store.snapshot(first).read("a.yaml")).hasSize(4);
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void anOldCommitIsFetchedWithoutItsHistoryToo() {
        var shop = forge.create("shop");
        var old = shop.commit("main", "old", Map.of("a.yaml", "a: 1"));
        shop.commit("main", "next", Map.of("a.yaml", "a: 2"));
        var tip = shop.commit("main", "tip", Map.of("a.yaml", "a: 3"));
        var store = host().store(shop.remote());
        store.refs();
        store.fetch(Set.of(tip));

        store.fetch(Set.of(old));

        assertThat(store.snapshot(old).read("a.yaml")).asString().isEqualTo("a: 1");
    }

    @Test
    void aServerThatHandsOutTipsOnlyIsSearchedThroughItsBranches() {
        var shop = forge.create("shop");
        var old = shop.commit("main", "old", Map.of("a.yaml", "a: 1"));
        shop.commit("main", "next", Map.of("a.yaml", "a: 2"));
        var tip = shop.commit("main", "tip", Map.of("a.yaml", "a: 3"));
        server.answer("shop", TestServer.refusing(old));
        var store = host().store(shop.remote());
        store.refs();
        store.fetch(Set.of(tip));

        store.fetch(Set.of(old));

        assertThat(store.snapshot(old).read("a.yaml")).asString().isEqualTo("a: 1");
        assertThat(store.isAncestor(old, tip)).contains(true);
        assertThat(store.isAncestor(tip, old)).contains(false);
    }

    @Test
    void aServerThatWithholdsItsOwnTipIsTriedAgain() {
        var shop = forge.create("shop");
        var tip = shop.commit("main", "tip", Map.of("a.yaml", "a: 3"));
        server.answer("shop", TestServer.refusing(tip));
        var store = host().store(shop.remote());
        store.refs();

        assertThat(fault(() -> store.fetch(Set.of(tip))).code()).isEqualTo("RepositoryUnreachable");
        server.answerNormally("shop");
        store.fetch(Set.of(tip));
        assertThat(store.snapshot(tip).list("")).hasSize(1);
    }

    @Test
    void manyAtOnceFetchOnce() {
        var shop = forge.create("shop");
        var first = shop.commit("main", "first", HttpForge.files(50));
        var host = host();
        var tasks = new TestingTasks();
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var running = new ArrayList<dev.holdfast.port.Tasks.Task>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            running.add(tasks.spawn("reader", () -> {
                try {
                    var store = host.store(shop.remote());
                    store.fetch(Set.of(first));
                    assertThat(store.snapshot(first).read("apps/app-" + number + "/web.yaml"))
                            .isNotEmpty();
                } catch (Throwable failure) {
                    failures.add(failure);
                }
            }));
        }
        running.forEach(dev.holdfast.port.Tasks.Task::await);

        assertThat(failures).isEmpty();
        assertThat(server.requests())
                .filteredOn(request -> request.method().equals("GET"))
                .hasSize(1);
    }

    @Test
    void formsOfOneUrlShareAStore() {
        var shop = forge.create("shop");
        var commit = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        var url = shop.remote().url();
        var host = host();

        var plain = host.store(new Remote(url, Optional.empty()));
        plain.fetch(Set.of(commit));

        assertThat(host.store(new Remote(url + ".git/", Optional.empty()))).isSameAs(plain);
        assertThat(host.store(shop.remote("pw"))).isNotSameAs(plain);
        assertThat(plain.name()).isEqualTo(url);
    }

    @Test
    void theFormThatTheServerKnowsIsFound() {
        var shop = forge.create("shop");
        shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        server.answer(
                "shop",
                exchange -> !exchange.getRequestURI().getPath().startsWith("/shop.git/")
                        && TestServer.text(exchange, 404, "text/plain", "no"));
        var host = host();
        var store = host.store(shop.remote());
        assertThat(fault(store::refs).code()).isEqualTo("RepositoryNotFound");

        host.store(new Remote(shop.remote().url() + ".git", Optional.empty()));

        assertThat(store.refs()).containsKey("HEAD");
    }

    @Test
    void aCredentialGoesToItsOwnServerOnlyAndAtTheFirstRequest() throws IOException {
        var shop = forge.create("shop");
        shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        shop.protect("canary-pw");
        try (var stranger = TestServer.start()) {
            stranger.mount("shop", shop.repository());
            var store = host().store(shop.remote("canary-pw"));
            store.refs();
            assertThat(server.requests())
                    .allSatisfy(request -> assertThat(request.authorization()).isPresent());

            server.answer("shop", exchange -> {
                var target =
                        stranger.url("") + exchange.getRequestURI().toString().substring(1);
                exchange.getResponseHeaders().set("Location", target);
                return TestServer.text(exchange, 302, "text/plain", "moved");
            });

            var fault = fault(store::refs);
            assertThat(fault.code()).isEqualTo("RedirectRefused");
            assertThat(fault.sentence())
                    .contains(stranger.url("").replaceFirst("/$", ""))
                    .doesNotContain("canary");
            assertThat(stranger.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/shop/info/refs",
                "http://localhost/shop/info/refs",
                "//evil.example.org/x",
                "http://user:pw@127.0.0.1/",
                "file:///etc/passwd",
                "jar:x",
                ":",
                "http://169.254.169.254/latest/info/refs"
            })
    void redirectsThatLeaveTheServerAreRefused(String location) {
        var shop = forge.create("shop");
        server.answer("shop", exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            return TestServer.text(exchange, 301, "text/plain", "moved");
        });

        assertThat(fault(host().store(shop.remote())::refs).code()).isIn("RedirectRefused", "UrlRefused");
    }

    @Test
    void redirectsWithinTheServerAreFollowedButNotForEver() {
        var shop = forge.create("shop");
        var commit = shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        server.answer("old", exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().toString().replaceFirst("/old", "/shop"));
            return TestServer.text(exchange, 301, "text/plain", "moved");
        });
        server.answer("loop", exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().toString());
            return TestServer.text(exchange, 302, "text/plain", "moved");
        });

        var store = host().store(new Remote(server.url("old"), Optional.empty()));
        store.fetch(Set.of(commit));
        assertThat(store.snapshot(commit).list("")).hasSize(1);

        var loop = host().store(new Remote(server.url("loop"), Optional.empty()));
        assertThat(fault(loop::refs)).isInstanceOf(Fault.Transient.class);
        assertThat(server.requests())
                .filteredOn(request -> request.target().startsWith("/loop"))
                .hasSizeLessThan(10);
    }

    @ParameterizedTest
    @CsvSource({
        "401,CredentialRefused,false",
        "403,CredentialRefused,false",
        "404,RepositoryNotFound,false",
        "410,RepositoryNotFound,false",
        "400,RepositoryUnreachable,true",
        "418,RepositoryUnreachable,true",
        "429,RepositoryUnreachable,true",
        "500,RepositoryUnreachable,true",
        "502,RepositoryUnreachable,true",
        "504,RepositoryUnreachable,true"
    })
    void everyStatusHasItsFault(int status, String code, boolean passing) {
        var shop = forge.create("shop");
        shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        server.answer("shop", TestServer.status(status));

        var fault = fault(host().store(shop.remote("canary-pw"))::refs);

        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault instanceof Fault.Transient).isEqualTo(passing);
        assertThat(fault.sentence()).contains("/shop").doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "text/html; charset=utf-8,<html>Sign in</html>",
        "text/plain,hello",
        "application/json,{}",
        "application/octet-stream,x"
    })
    void anotherProtocolIsNotGit(String type, String body) {
        var shop = forge.create("shop");
        server.answer("shop", exchange -> TestServer.text(exchange, 200, type, body));

        var fault = fault(host().store(shop.remote())::refs);

        assertThat(fault.code()).isEqualTo("NotAGitServer");
        assertThat(fault).isInstanceOf(Fault.Transient.class);
        assertThat(server.requests()).as("no fallback to other protocols").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "zzzz", "0005", "fffffffffff", "001e# service=git-upload-pack\n0000"})
    void gitWithNonsenseInItIsATransientFault(String body) {
        var shop = forge.create("shop");
        server.answer(
                "shop",
                exchange -> TestServer.text(exchange, 200, "application/x-git-upload-pack-advertisement", body));

        var fault = fault(host().store(shop.remote())::refs);

        assertThat(fault).isInstanceOf(Fault.Transient.class);
    }

    @Test
    void nobodyListeningIsATransientFault() throws IOException {
        var gone = TestServer.start();
        var url = gone.url("shop");
        gone.close();

        var fault = fault(host().store(new Remote(url, Optional.empty()))::refs);

        assertThat(fault.code()).isEqualTo("RepositoryUnreachable");
        var unknown = host().store(new Remote("https://nowhere.invalid/shop", Optional.empty()));
        assertThat(fault(unknown::refs).sentence()).contains("host name is not known");
    }

    @Test
    void packsAndObjectsOverTheLimitEndTheFetch() {
        var shop = forge.create("shop");
        var commit = shop.commit("main", "first", noise(20, 10_000));
        var defaults = TransferLimits.DEFAULT;
        var smallPack = new TransferLimits(
                50_000, defaults.objectBytes(), defaults.connect(), defaults.silence(), defaults.whole());
        var smallObject = new TransferLimits(
                defaults.packBytes(), 5000, defaults.connect(), defaults.silence(), defaults.whole());

        for (var limits : List.of(smallPack, smallObject)) {
            var store = host(limits).store(shop.remote());
            var fault = fault(() -> store.fetch(Set.of(commit)));
            assertThat(fault.code()).isEqualTo("RepositoryTooLarge");
            assertThat(fault.sentence()).contains("limit");
        }
    }

    @Test
    void anEndlessAnswerEndsAtItsDeadline() {
        var shop = forge.create("shop");
        server.answer("shop", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/x-git-upload-pack-advertisement");
            exchange.sendResponseHeaders(200, 0);
            var line = "003f" + "a".repeat(40) + " refs/heads/" + "x".repeat(6) + "\n";
            while (true) exchange.getResponseBody().write(line.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        });
        var limits = new TransferLimits(
                Long.MAX_VALUE, 1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300));

        assertThat(fault(host(limits).store(shop.remote())::refs)).isInstanceOf(Fault.Transient.class);
    }

    @Test
    void nothingIsSentWithAnEncodingThatUnpacksWithoutBound() {
        var shop = forge.create("shop");
        var seen = new ConcurrentLinkedQueue<String>();
        server.answer("shop", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Encoding")));
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            return TestServer.text(exchange, 200, "application/x-git-upload-pack-advertisement", "bomb");
        });

        assertThat(fault(host().store(shop.remote())::refs).code()).isEqualTo("NotAGitServer");
        assertThat(seen).containsOnly("null");
    }

    @Test
    void aTokenGoesAsAPasswordAndAUserAsItself() {
        var shop = forge.create("shop");
        shop.commit("main", "first", Map.of("a.yaml", "a: 1"));
        shop.protect("pässwörd:1");
        var credential =
                new GitHost.Credential(Optional.of("ada"), Optional.of(Secret.of("pässwörd:1")), Optional.empty());

        assertThat(host().store(new Remote(shop.remote().url(), Optional.of(credential)))
                        .refs())
                .isNotEmpty();
        assertThat(host().store(shop.remote("pässwörd:1")).refs()).isNotEmpty();
    }

    private static Fault fault(ThrowingCallable call) {
        var thrown = catchThrowableOfType(FaultException.class, call);
        assertThat(thrown).as("a fault").isNotNull();
        return thrown.fault();
    }
}
