package dev.holdfast.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.apply.Reply;
import dev.holdfast.engine.report.AppReport;
import dev.holdfast.engine.report.TargetState;
import dev.holdfast.engine.world.Placements;
import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.model.AppStatus.Sync;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Placement.Drift;
import dev.holdfast.model.Placement.Mode;
import dev.holdfast.model.Placement.Requests;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Random stories of commits, edits, deletions, refusals and crashes in a small world. The laws hold at every
/// decision; at the end, when trouble stops, the cluster is what Git says.
class StoryPropertyTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    enum Deed {
        COMMIT_ONE,
        DROP_ONE,
        DROP_ALL,
        EDIT,
        DELETE_LIVE,
        STRANGER_CREATES,
        STRIP_MARKS,
        CRASH,
        SUSPEND,
        RESUME,
        REFUSE,
        ALLOW,
        BREAK_NEWEST,
        MEND_NEWEST,
        GROUP_FAILS,
        GROUP_RETURNS,
        CONFIRM,
        TIME_PASSES
    }

    record Event(Deed deed, String name, int value) {}

    @Provide
    Arbitrary<List<Event>> stories() {
        return Combinators.combine(
                        Arbitraries.of(Deed.class),
                        Arbitraries.of(NAMES),
                        Arbitraries.integers().between(1, 3))
                .as(Event::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    @Property(tries = 250)
    void theLawsHoldAtEveryDecisionAndTheEndIsWhatGitSays(@ForAll("stories") List<Event> story) {
        var tale = new Tale();
        for (var event : story) tale.play(event);
        tale.end();
    }

    private static final class Tale {
        private final TestCluster cluster = new TestCluster();
        private final TestApp app = new TestApp(cluster);
        private final TreeMap<String, Integer> git = new TreeMap<>();
        private Decision last = new Decision.Forget("nothing was decided yet");

        Tale() {
            for (var name : NAMES) git.put(name, 1);
            app.witness = Tale::laws;
            commit();
            last = app.settle();
        }

        private void commit() {
            app.manifests = Yaml.configMaps(git.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .toArray(String[]::new));
        }

        void play(Event event) {
            var ref = Yaml.configMap(event.name());
            int before = cluster.log.size();
            switch (event.deed()) {
                case COMMIT_ONE -> git.put(event.name(), event.value());
                case DROP_ONE -> git.remove(event.name());
                case DROP_ALL -> git.clear();
                case EDIT -> edit(ref, event.value());
                case DELETE_LIVE -> cluster.objects.remove(ref);
                case STRANGER_CREATES -> stranger(event);
                case STRIP_MARKS -> strip(ref);
                case CRASH -> app.crash();
                case SUSPEND ->
                    app.placement = Placements.with(
                            app.placement, Placements.suspended(Placements.policy(Mode.AUTOMATIC, Drift.HEAL)));
                case RESUME -> resume();
                case REFUSE -> cluster.refusals.put(ref, new Reply.Invalid("no", List.of()));
                case ALLOW -> cluster.refusals.clear();
                case BREAK_NEWEST -> app.newer = Optional.of(Fault.terminal("InvalidYaml", "broken", ""));
                case MEND_NEWEST -> app.newer = Optional.empty();
                case GROUP_FAILS -> cluster.failedGroups.add("");
                case GROUP_RETURNS -> cluster.failedGroups.clear();
                case CONFIRM -> confirm();
                case TIME_PASSES -> app.now = app.now.plusSeconds(240);
            }
            commit();
            last = app.settle();
            if (app.placement.policy().suspended()) {
                assertThat(cluster.log).as("suspended means no writes").hasSize(before);
            }
        }

        private void resume() {
            app.placement = Placements.with(app.placement, Placements.policy(Mode.AUTOMATIC, Drift.HEAL));
        }

        private void edit(Ref ref, int value) {
            if (!cluster.objects.containsKey(ref)) return;
            cluster.edit(ref, "kubectl-edit", object -> object.with(List.of("data", "v"), Value.of("x" + value)));
        }

        private void strip(Ref ref) {
            if (!cluster.objects.containsKey(ref)) return;
            cluster.edit(ref, "kubectl-edit", object -> object.without(List.of("metadata", "labels")));
        }

        private void stranger(Event event) {
            cluster.objects.remove(Yaml.configMap(event.name()));
            cluster.create(
                    Yaml.object("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, namespace: team-a}"
                            .formatted(event.name())),
                    "kubectl-create");
        }

        private void confirm() {
            if (!(last instanceof Decision.Hold hold)
                    || hold.plan().confirmation().isEmpty()) return;
            app.placement = Placements.asking(
                    app.placement,
                    new Requests(
                            app.placement.requests().sync(),
                            Optional.of(hold.plan().digest().hex())));
        }

        /// Trouble stops, a person asks for a sync and confirms what waits.
        void end() {
            cluster.refusals.clear();
            cluster.failedGroups.clear();
            app.newer = Optional.empty();
            resume();
            app.now = app.now.plusSeconds(600);
            app.placement = Placements.asking(app.placement, new Requests(Optional.of("end"), Optional.empty()));
            last = app.settleInTime();
            confirm();
            last = app.settleInTime();

            assertThat(last).isInstanceOf(Decision.Rest.class);
            for (var wanted : git.entrySet()) {
                assertThat(cluster.object(Yaml.configMap(wanted.getKey())).text("data", "v"))
                        .contains(wanted.getValue().toString());
            }
            assertThat(app.inventory().entries().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            git.keySet().stream().map(Yaml::configMap).toList());
            int sent = cluster.log.size();
            app.settle();
            app.crash();
            app.settle();
            assertThat(cluster.log).as("converged means quiet").hasSize(sent);
        }

        static void laws(Observation seen, Decision decision) {
            var facts = new AppReport.Facts(1, 10, seen.now(), Optional.empty());
            var status = AppReport.of(facts, List.of(new TargetState(seen, decision, List.of())));
            assertThat(status.why()).as("an app always says why").isNotBlank();
            assertThat(status.sync() == Sync.SYNCED
                            && seen.wanted() instanceof Wanted.Known known
                            && known.newer().isPresent())
                    .as("nothing is Synced while the newest commit is broken")
                    .isFalse();
            assertThat(Decision.on(seen)).as("deterministic").isEqualTo(decision);
            if (!(decision instanceof Decision.Act act)) return;
            assertThat(seen.placement().policy().suspended()).isFalse();
            var inventory = ((Holdings.Loaded) seen.holdings()).inventory();
            var applied = new TreeSet<Ref>();
            var pruned = new TreeSet<Ref>();
            for (var step : act.plan().steps()) {
                switch (step) {
                    case Step.Apply apply -> applied.add(apply.ref());
                    case Step.Prune(var entry, var _) -> {
                        pruned.add(entry.ref());
                        ours(seen, inventory, entry);
                    }
                    case Step.Ensure _, Step.Inspect _, Step.Release _, Step.Forget _ -> {}
                }
            }
            assertThat(Collections.disjoint(applied, pruned)).as("never both").isTrue();
            var known = (Wanted.Known) seen.wanted();
            if (known.newer().isPresent()
                    || !seen.world().discovery().failedGroups().isEmpty()) {
                assertThat(pruned).as("no proof, no delete").isEmpty();
            }
            int allowed = Math.max(5, inventory.entries().size() / 5);
            boolean large = pruned.size() > allowed || known.good().empty() && !pruned.isEmpty();
            if (large) assertThat(act.operation().confirmed()).as("guarded").isPresent();
        }

        private static void ours(Observation seen, Inventory inventory, Inventory.Entry entry) {
            var recorded = inventory.find(entry.ref()).orElseThrow();
            var live = Objects.requireNonNull(seen.world().live().get(entry.ref()));
            assertThat(seen.placement().ownership().marks(live)).isTrue();
            assertThat(entry.uid()).contains(live.uid());
            assertThat(recorded.uid().orElse(live.uid())).isEqualTo(live.uid());
        }
    }

    @Property(tries = 100)
    void theOrderOfFilesDoesNotMatter(@ForAll("stories") List<Event> story, @ForAll long seed) {
        var cluster = new TestCluster();
        var app = new TestApp(cluster);
        var live = new ArrayList<Manifest>();
        for (var event : story) {
            var manifest = Yaml.configMaps(event.name() + "=" + event.value()).getFirst();
            if (live.stream().noneMatch(one -> one.ref().equals(manifest.ref()))) live.add(manifest);
        }
        app.manifests = List.copyOf(live.subList(0, live.size() / 2));
        app.settle();
        app.manifests = List.copyOf(live);
        var first = decided(app);
        Collections.shuffle(live, new Random(seed));
        app.manifests = List.copyOf(live);

        assertThat(decided(app)).isEqualTo(first);
    }

    /// Looks names up until there is a real decision.
    private static List<Step> decided(TestApp app) {
        app.memory.probes.clear();
        for (int i = 0; i < 3; i++) {
            var decision = Decision.on(app.observe());
            if (decision instanceof Decision.Act act) return act.plan().steps();
            if (!(decision instanceof Decision.Ask)) return List.of();
            app.pass();
        }
        throw new AssertionError("it asks for ever");
    }
}
