package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.server.git.GitServer;
import dev.holdfast.source.LocalRepository;
import dev.holdfast.source.LocalRepository.Change;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// From commit to live for many good apps: alone, beside each poisoned app in turn, beside all of them, and alone
/// again, which tells how much of a difference is the machine's.
final class PoisonBench {

    private static final int OBJECTS = 2;
    private static final String NAMESPACE = AppObjects.namespace(0);
    /// Between rounds: what the last one left behind is done, and the collector has had its time.
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final PoisonOptions options;

    PoisonBench(PoisonOptions options) {
        this.options = options;
    }

    private record Measured(List<Long> nanos, Mapping poison) {
        double ratio(Measured other) {
            return (double) Figures.percentile(nanos, 95) / Figures.percentile(other.nanos, 95);
        }

        Mapping beside(Measured alone) {
            return Figures.latencies(nanos)
                    .with("ratio", Figures.rounded(ratio(alone)))
                    .with("poison", poison);
        }
    }

    private record Run(BareClient client, Repositories repositories, SilentServer silent, List<Poison> company) {}

    private record Repositories(LocalRepository good, LocalRepository poisoned, GitServer git)
            implements AutoCloseable {
        static Repositories create(Path folder) {
            var good = LocalRepository.create(folder.resolve("apps.git"), Clock.systemUTC());
            var poisoned = LocalRepository.create(folder.resolve("poison.git"), Clock.systemUTC());
            return new Repositories(good, poisoned, GitServer.start(0, () -> Map.of("apps", good, "poison", poisoned)));
        }

        @Override
        public void close() {
            git.close();
            good.close();
            poisoned.close();
        }
    }

    Mapping run() {
        var alone = measured(List.of());
        var told = Mapping.builder()
                .put("apps", options.apps())
                .put("rounds", options.rounds())
                .put("alone", Figures.latencies(alone.nanos()));
        double worst = 0;
        for (var poison : Poison.values()) {
            var beside = measured(List.of(poison));
            worst = Math.max(worst, beside.ratio(alone));
            told.put(poison.title(), beside.beside(alone));
        }
        told.put("all", measured(List.of(Poison.values())).beside(alone));
        told.put("aloneAgain", measured(List.of()).beside(alone));
        return told.put("ratio", Figures.rounded(worst)).build();
    }

    /// Fresh processes each time, so that neither run finds the other's warmth.
    private Measured measured(List<Poison> company) {
        try (var scratch = Scratch.create();
                var repositories = Repositories.create(scratch.folder());
                var silent = SilentServer.start();
                var server = ApiServer.sandbox(scratch.folder(), "sandbox")) {
            var client = new BareClient(server.transport(), options.concurrency());
            var run = new Run(client, repositories, silent, company);
            commit(run, "first");
            server.createNamespaces(client);
            try (var holdfast = HoldfastProcess.start(scratch.folder(), server, client)) {
                var measured = measured(run);
                if (!holdfast.alive()) throw new IllegalStateException(holdfast.tail());
                return measured;
            }
        }
    }

    private Measured measured(Run run) {
        run.client().send(created(run));
        Pause.until("the good apps are ready", 100, () -> Apps.ready(run.client()) == options.apps());
        var nanos = new ArrayList<Long>();
        try (var words = LiveWords.watch(run.client())) {
            // the first round warms up
            round(run, words, "warm-up");
            for (int round = 0; round < options.rounds(); round++) {
                Pause.millis(SETTLED.toMillis());
                nanos.addAll(round(run, words, "round-" + round));
            }
        }
        return new Measured(nanos, poison(run));
    }

    private List<Request> created(Run run) {
        var git = run.repositories().git();
        var requests = new ArrayList<Request>();
        // they come first: whoever is served in order serves them before all others
        for (var poison : run.company()) {
            var url = poison == Poison.SILENT ? run.silent().url() : git.url("poison");
            requests.add(Apps.create(NAMESPACE, poison.title(), url, poison.title()));
        }
        for (int app = 0; app < options.apps(); app++) {
            var name = AppObjects.name(app);
            requests.add(Apps.create(AppObjects.namespace(app), name, git.url("apps"), "apps/" + name));
        }
        return requests;
    }

    /// One commit that changes all apps; for each, the time until its ConfigMap says so.
    private List<Long> round(Run run, LiveWords words, String word) {
        commit(run, word);
        long begin = System.nanoTime();
        run.client().send(syncs(run, word));
        var live = words.of(word);
        Pause.until("the commit is live", 5, () -> live.size() >= options.apps());
        var took = live.values().stream().map(end -> end - begin).toList();
        Pause.until("the good apps are ready again", 100, () -> Apps.ready(run.client()) == options.apps());
        return took;
    }

    private void commit(Run run, String word) {
        var poisoned =
                run.company().stream().filter(poison -> poison != Poison.SILENT).toList();
        if (!poisoned.isEmpty()) {
            var poison = Change.on("main", "Poison " + word);
            for (var each : poisoned) poison = poison.with(each.title() + "/all.yaml", each.text(word));
            run.repositories().poisoned().commit(poison);
        }
        var change = Change.on("main", word);
        for (int app = 0; app < options.apps(); app++) {
            var path = "apps/" + AppObjects.name(app) + "/all.yaml";
            change = change.with(path, AppObjects.yaml(app, OBJECTS, word));
        }
        run.repositories().good().commit(change);
    }

    private List<Request> syncs(Run run, String word) {
        var requests = new ArrayList<Request>();
        for (var poison : run.company()) requests.add(Apps.sync(NAMESPACE, poison.title(), word));
        for (int app = 0; app < options.apps(); app++) {
            requests.add(Apps.sync(AppObjects.namespace(app), AppObjects.name(app), word));
        }
        return requests;
    }

    /// That the poison was there, and worked as poison.
    private static Mapping poison(Run run) {
        var told = Mapping.builder();
        for (var poison : run.company()) told.put(poison.title(), Apps.why(run.client(), NAMESPACE, poison.title()));
        return told.put("silentConnections", run.silent().connections()).build();
    }
}
