package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.server.git.GitServer;
import dev.holdfast.source.LocalRepository;
import dev.holdfast.source.LocalRepository.Change;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// From commit to live for many good apps, alone and beside poisoned ones: one whose objects are all refused, one whose
/// files are a bomb, one whose repository never answers.
final class PoisonBench {

    private static final int OBJECTS = 2;
    private static final String NAMESPACE = AppObjects.namespace(0);
    private static final String REFUSED = "poison-refused";
    private static final String BOMB = "poison-bomb";
    private static final String SILENT = "poison-silent";

    private final PoisonOptions options;

    PoisonBench(PoisonOptions options) {
        this.options = options;
    }

    private enum Company {
        NONE,
        POISONED
    }

    private record Measured(List<Long> nanos, Mapping poison) {}

    private record Run(BareClient client, Repositories repositories, SilentServer silent, Company company) {}

    private record Repositories(LocalRepository good, LocalRepository poisoned, GitServer git)
            implements AutoCloseable {
        static Repositories create(Path folder) {
            var good = LocalRepository.create(folder.resolve("apps.git"), Clock.systemUTC());
            var poisoned = LocalRepository.create(folder.resolve("poison.git"), Clock.systemUTC());
            return new Repositories(
                    good, poisoned, GitServer.start(0, () -> Map.of("apps", good, "poison", poisoned)));
        }

        @Override
        public void close() {
            git.close();
            good.close();
            poisoned.close();
        }
    }

    Mapping run() {
        var alone = measured(Company.NONE);
        var beside = measured(Company.POISONED);
        double ratio = (double) Figures.percentile(beside.nanos(), 95) / Figures.percentile(alone.nanos(), 95);
        return Mapping.builder()
                .put("apps", options.apps())
                .put("rounds", options.rounds())
                .put("alone", Figures.latencies(alone.nanos()))
                .put("besidePoison", Figures.latencies(beside.nanos()))
                .put("ratio", Figures.rounded(ratio))
                .put("poison", beside.poison())
                .build();
    }

    /// Fresh processes each time, so that neither run finds the other's warmth.
    private Measured measured(Company company) {
        try (var scratch = Scratch.create();
                var repositories = Repositories.create(scratch.folder());
                var silent = SilentServer.start();
                var server = ApiServer.sandbox(scratch.folder(), "sandbox")) {
            commit(repositories, "first");
            var client = new BareClient(server.transport(), options.concurrency());
            server.createNamespaces(client);
            try (var holdfast = HoldfastProcess.start(scratch.folder(), server, client)) {
                var run = new Run(client, repositories, silent, company);
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
            for (int round = 0; round < options.rounds(); round++) nanos.addAll(round(run, words, "round-" + round));
        }
        return new Measured(nanos, poison(run));
    }

    private List<Request> created(Run run) {
        var git = run.repositories().git();
        var requests = new ArrayList<Request>();
        if (run.company() == Company.POISONED) {
            // they come first: whoever is served in order serves them before all others
            requests.add(Apps.create(NAMESPACE, REFUSED, git.url("poison"), "refused"));
            requests.add(Apps.create(NAMESPACE, BOMB, git.url("poison"), "bomb"));
            requests.add(Apps.create(NAMESPACE, SILENT, run.silent().url(), "."));
        }
        for (int app = 0; app < options.apps(); app++) {
            var name = AppObjects.name(app);
            requests.add(Apps.create(AppObjects.namespace(app), name, git.url("apps"), "apps/" + name));
        }
        return requests;
    }

    /// One commit that changes all apps; for each, the time until its ConfigMap says so.
    private List<Long> round(Run run, LiveWords words, String word) {
        commit(run.repositories(), word);
        long begin = System.nanoTime();
        run.client().send(syncs(run, word));
        var live = words.of(word);
        Pause.until("the commit is live", 5, () -> live.size() >= options.apps());
        var took = live.values().stream().map(end -> end - begin).toList();
        Pause.until("the good apps are ready again", 100, () -> Apps.ready(run.client()) == options.apps());
        return took;
    }

    private void commit(Repositories repositories, String word) {
        repositories.poisoned().commit(Poison.commit(word));
        var change = Change.on("main", word);
        for (int app = 0; app < options.apps(); app++) {
            var path = "apps/" + AppObjects.name(app) + "/all.yaml";
            change = change.with(path, AppObjects.yaml(app, OBJECTS, word));
        }
        repositories.good().commit(change);
    }

    private List<Request> syncs(Run run, String word) {
        var requests = new ArrayList<Request>();
        if (run.company() == Company.POISONED) {
            for (var name : List.of(REFUSED, BOMB, SILENT)) requests.add(Apps.sync(NAMESPACE, name, word));
        }
        for (int app = 0; app < options.apps(); app++) {
            requests.add(Apps.sync(AppObjects.namespace(app), AppObjects.name(app), word));
        }
        return requests;
    }

    /// That the poison was there, and worked as poison.
    private static Mapping poison(Run run) {
        if (run.company() == Company.NONE) return Mapping.EMPTY;
        var told = Mapping.builder();
        for (var name : List.of(REFUSED, BOMB, SILENT)) told.put(name, Apps.why(run.client(), NAMESPACE, name));
        return told.put("silentConnections", run.silent().connections()).build();
    }
}
