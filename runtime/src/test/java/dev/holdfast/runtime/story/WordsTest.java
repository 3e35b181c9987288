package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Snapshot;
import dev.holdfast.port.GitHost;
import dev.holdfast.runtime.home.Kinds;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Every app always says why it is in the state that it is in.
class WordsTest {

    /// A host whose repositories take the question, and answer when the patience of a real one is over.
    private static GitHost silent(Stage stage, GitHost host, AtomicReference<Duration> patience) {
        var stores = new HashMap<GitHost.Remote, GitHost.Store>();
        return remote -> stores.computeIfAbsent(remote, _ -> new SilentStore(stage, host.store(remote), patience));
    }

    private record SilentStore(Stage stage, GitHost.Store store, AtomicReference<Duration> patience)
            implements GitHost.Store {

        @Override
        public Map<String, String> refs() {
            if (patience.get().isZero()) return store.refs();
            stage.pass(patience.get());
            throw new FaultException(
                    Fault.temporary("RepositoryUnreachable", "no answer in time", "It is tried again"));
        }

        @Override
        public String name() {
            return store.name();
        }

        @Override
        public void fetch(Set<String> commits) {
            store.fetch(commits);
        }

        @Override
        public Snapshot snapshot(String commit) {
            return store.snapshot(commit);
        }

        @Override
        public GitHost.CommitInfo commit(String id) {
            return store.commit(id);
        }

        @Override
        public void deepen(Set<String> commits) {
            store.deepen(commits);
        }

        @Override
        public Optional<Boolean> isAncestor(String ancestor, String descendant) {
            return store.isAncestor(ancestor, descendant);
        }
    }

    @Test
    void anAppWhoseRepositoryIsSilentSaysWhatItWaitsFor() {
        Stage.play(61, stage -> {
            var patience = new AtomicReference<>(Duration.ofMinutes(3));
            stage.line = host -> silent(stage, host, patience);
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually(
                    "words", Duration.ofSeconds(10), () -> !stage.why("web").isBlank());
            assertThat(stage.why("web")).contains("https://git.test/deploy");
            stage.eventually("the fault", () -> stage.why("web").contains("no answer in time"));
            patience.set(Duration.ZERO);
            stage.eventually("recovers", Duration.ofMinutes(10), () -> stage.ready("web"));
        });
    }

    @Test
    void aPersonWhoAsksForASyncHearsWhatItWaitsFor() {
        Stage.play(62, stage -> {
            var patience = new AtomicReference<>(Duration.ZERO);
            stage.line = host -> silent(stage, host, patience);
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            patience.set(Duration.ofMinutes(3));
            stage.sync("web");
            stage.eventually(
                    "words",
                    Duration.ofSeconds(20),
                    () -> stage.why("web").contains("waits for the answer of its sources"));
            patience.set(Duration.ZERO);
            stage.eventually("recovers", Duration.ofMinutes(10), () -> stage.ready("web"));
        });
    }

    @Test
    void theBrokenNewestCommitIsToldWithWhatRuns() {
        Stage.play(63, stage -> {
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            var good = stage.app("web").text("status", "revision").orElseThrow();
            stage.commit("broken", Map.of("web/a.yaml", "a: ["));
            stage.eventually("told", () -> stage.why("web").contains("web/a.yaml:"));
            assertThat(stage.why("web")).endsWith(good + " keeps running");
            assertThat(stage.app("web").text("status", "sync")).contains("OutOfSync");
            assertThat(stage.app("web").text("status", "revision")).contains(good);
            stage.edit(Kinds.CONFIG_MAPS, "a", "data: {key: edited}");
            stage.pass(Duration.ofSeconds(30));
            assertThat(stage.why("web")).endsWith(good + " keeps running");
        });
    }

    @Test
    void aRestartRepeatsNoWarning() {
        Stage.play(64, stage -> {
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            stage.commit("broken", Map.of("web/a.yaml", "a: ["));
            stage.eventually("told", () -> stage.why("web").contains("web/a.yaml:"));
            stage.pass(Duration.ofSeconds(10));
            var before = warnings(stage);
            stage.kill();
            stage.start();
            stage.pass(Duration.ofMinutes(2));
            assertThat(before).hasSize(1);
            assertThat(warnings(stage)).isEqualTo(before);
        });
    }

    private static List<String> warnings(Stage stage) {
        return stage.events("web").stream()
                .filter(event -> event.contains("web/a.yaml:"))
                .toList();
    }

    @Test
    void historyOutlivesARestart() {
        Stage.play(66, stage -> {
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            for (var value : List.of("uno", "due")) {
                stage.pass(Duration.ofSeconds(5));
                stage.edit(Kinds.CONFIG_MAPS, "a", "data: {key: " + value + "}");
            }
            stage.eventually(
                    "told", () -> stage.app("web").sequence("status", "history").size() == 3);
            stage.pass(Duration.ofSeconds(30));
            var before = stage.app("web").sequence("status", "history");
            assertThat(before.mappings().getFirst().text("cause")).contains("drift");
            stage.kill();
            stage.start();
            stage.pass(Duration.ofMinutes(1));
            stage.commit("second", Map.of("web/a.yaml", Files.configMap("a", "two")));
            stage.eventually(
                    "the second sync",
                    () -> stage.app("web").sequence("status", "history").size() == 4);
            var after = stage.app("web").sequence("status", "history").mappings();
            assertThat(after.subList(1, 4)).isEqualTo(before.mappings());
        });
    }

    @Test
    void whatTheStatusKnowsOfAnInventoryOutlivesALookThatFails() {
        Stage.play(65, stage -> {
            stage.commit("first", Map.of("web/a.yaml", Files.configMap("a", "one")));
            stage.app("web", "web");
            stage.start();
            stage.eventually("the first sync", () -> stage.ready("web"));
            stage.pass(Duration.ofSeconds(10));
            stage.kill();
            var patience = new AtomicReference<>(Duration.ofMinutes(3));
            stage.line = host -> silent(stage, host, patience);
            long generation = generation(stage);
            stage.start();
            stage.eventually("words", () -> stage.why("web").contains("waits for"));
            assertThat(generation).isPositive();
            assertThat(generation(stage)).isEqualTo(generation);
        });
    }

    private static long generation(Stage stage) {
        return stage.app("web")
                .sequence("status", "targets")
                .mappings()
                .getFirst()
                .whole("inventory", "generation")
                .orElse(0L);
    }
}
