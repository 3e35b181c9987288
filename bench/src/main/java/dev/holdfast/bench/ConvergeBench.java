package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.server.git.GitServer;
import dev.holdfast.source.LocalRepository;
import dev.holdfast.source.LocalRepository.Change;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// How long N apps take from being created until all are ready, against the least that anybody can do.
final class ConvergeBench {

    private static final int SAMPLES = 11;

    private final ConvergeOptions options;

    ConvergeBench(ConvergeOptions options) {
        this.options = options;
    }

    Mapping run() {
        try (var scratch = Scratch.create()) {
            return run(scratch.folder());
        }
    }

    private Mapping run(Path folder) {
        try (var repository = LocalRepository.create(folder.resolve("apps.git"), Clock.systemUTC());
                var git = GitServer.start(0, () -> Map.of("apps", repository))) {
            repository.commit(everything());
            var before = floor(folder, "floor-before");
            var measured = measure(folder, repository, git.url("apps"));
            // the machine's speed changes while it measures; a given cluster holds the objects by now
            var floors =
                    options.kubeconfig().isPresent() ? List.of(before) : List.of(before, floor(folder, "floor-after"));
            return told(measured, floors);
        }
    }

    /// How long it took, and what else was measured.
    private record Measured(Duration took, Mapping more) {}

    private Mapping told(Measured measured, List<Duration> floors) {
        double floor = floors.stream().mapToLong(Duration::toNanos).average().orElseThrow();
        int objects = options.apps() * options.objects();
        var told = Mapping.builder()
                .put("apps", options.apps())
                .put("objects", objects)
                .put("seconds", Figures.seconds(measured.took()))
                .put("floorSeconds", Figures.rounded(floor / 1e9))
                .put("floors", Value.of(floors.stream().map(Figures::seconds).toList()))
                .put("ratio", Figures.rounded(measured.took().toNanos() / floor))
                .put("floorRequestsPerSecond", Figures.rounded(objects / (floor / 1e9)));
        measured.more().fields().forEach(field -> told.put(field.key(), field.value()));
        return told.build();
    }

    private Measured measure(Path folder, LocalRepository repository, String url) {
        try (var server = options.kubeconfig()
                .map(given -> ApiServer.given(given, folder))
                .orElseGet(() -> ApiServer.sandbox(folder, "sandbox"))) {
            var client = new BareClient(server.transport(), options.concurrency());
            server.createNamespaces(client);
            try (var holdfast = HoldfastProcess.start(folder, server, client)) {
                return measure(new Run(server, client, holdfast.handle(), repository, url));
            }
        }
    }

    record Run(ApiServer server, BareClient client, ProcessHandle holdfast, LocalRepository repository, String git) {}

    private Change everything() {
        var change = Change.on("main", "All apps");
        for (int app = 0; app < options.apps(); app++)
            change = change.with(file(app), AppObjects.yaml(app, options.objects(), "one"));
        return change;
    }

    private static String file(int app) {
        return "apps/" + AppObjects.name(app) + "/all.yaml";
    }

    /// The bare client against a server of its own, so that neither run finds the other's objects or warmth.
    private Duration floor(Path folder, String name) {
        try (var server = options.kubeconfig()
                .map(given -> ApiServer.given(given, folder))
                .orElseGet(() -> ApiServer.sandbox(folder, name))) {
            var client = new BareClient(server.transport(), options.concurrency());
            server.createNamespaces(client);
            var requests = new ArrayList<Request>();
            for (int app = 0; app < options.apps(); app++) {
                for (var object : AppObjects.of(app, options.objects(), "one")) {
                    requests.add(BareClient.apply(object, AppObjects.namespace(app)));
                }
            }
            var took = client.send(requests);
            if (!server.own()) {
                // a given cluster is left as it was found, or the second run would find everything done
                client.send(requests.stream().map(ConvergeBench::deletion).toList());
            }
            return took;
        }
    }

    private static Request deletion(Request apply) {
        var target = apply.target().substring(0, apply.target().indexOf('?'));
        return new Request("DELETE", target, apply.headers(), null);
    }

    private Measured measure(Run run) {
        var counts = run.server().counts(run.client());
        Pause.millis(2000);
        counts.reset();
        var cpuBefore = ProcessFigures.cpu(run.holdfast());
        var serverBefore = run.server().cpu();
        var ownBefore = ProcessFigures.cpu(ProcessHandle.current());
        var took = converge(run);
        var ownCpu = ProcessFigures.cpu(ProcessHandle.current()).minus(ownBefore);
        var cpu = ProcessFigures.cpu(run.holdfast()).minus(cpuBefore);
        var serverCpu = run.server().cpu().minus(serverBefore);
        var requests = settled(counts);
        int objects = options.apps() * options.objects();
        var result = Mapping.builder().put("cpuMsPerApp", Figures.rounded((double) cpu.toMillis() / options.apps()));
        result.put("serverCpuMsPerApp", Figures.rounded((double) serverCpu.toMillis() / options.apps()));
        result.put("clientCpuMsPerApp", Figures.rounded((double) ownCpu.toMillis() / options.apps()));
        var working = RequestCounts.withoutStanding(requests);
        result.put("requestsPerObject", Figures.rounded((double) RequestCounts.sum(working) / objects));
        result.put("requests", RequestCounts.written(requests));
        idle(run, counts, result);
        result.put("editToLiveMs", median(sample -> edit(run, sample)));
        result.put("commitToLiveMs", median(sample -> commit(run, sample)));
        result.put("peakRssMiB", ProcessFigures.peakMemory(run.holdfast()));
        return new Measured(took, result.build());
    }

    /// What was asked by the time when nothing more is asked for three seconds: what was put off counts as well.
    private static Map<String, Long> settled(RequestCounts counts) {
        var seen = counts.byKind();
        while (true) {
            Pause.millis(3000);
            var now = counts.byKind();
            if (RequestCounts.withoutStanding(now).equals(RequestCounts.withoutStanding(seen))) return now;
            seen = now;
        }
    }

    private Duration converge(Run run) {
        try (var ready = ReadyApps.watch(run.client())) {
            long begin = System.nanoTime();
            run.client().send(apps(run.git()));
            Pause.until("all apps are ready", 5, () -> ready.count() == options.apps());
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }

    private List<Request> apps(String git) {
        var requests = new ArrayList<Request>();
        for (int app = 0; app < options.apps(); app++) {
            var name = AppObjects.name(app);
            requests.add(Apps.create(AppObjects.namespace(app), name, git, "apps/" + name));
        }
        return requests;
    }

    /// Watches that nothing is asked, first in silence, then while a stranger writes statuses of owned objects, 50
    /// a second.
    private void idle(Run run, RequestCounts counts, Mapping.Builder result) {
        counts.reset();
        long end = System.nanoTime() + Duration.ofSeconds(options.idle()).toNanos() / 2;
        while (System.nanoTime() < end) Pause.millis(100);
        var silent = RequestCounts.withoutStanding(counts.byKind());
        counts.reset();
        end = System.nanoTime() + Duration.ofSeconds(options.idle()).toNanos() / 2;
        for (int write = 0; System.nanoTime() < end; write++) {
            stranger(run.client(), write);
            Pause.millis(20);
        }
        var disturbed = RequestCounts.withoutStanding(counts.byKind());
        result.put("idleSeconds", options.idle());
        result.put("idleRequests", RequestCounts.sum(silent) + RequestCounts.sum(disturbed));
        if (!silent.isEmpty()) result.put("idleSilent", RequestCounts.written(silent));
        if (!disturbed.isEmpty()) result.put("idleDisturbed", RequestCounts.written(disturbed));
    }

    private void stranger(BareClient client, int write) {
        int app = write % options.apps();
        var condition = Mapping.builder()
                .put("type", "Stranger")
                .put("status", "True")
                .put("reason", "Write")
                .put("message", "write " + write)
                .build();
        var change = Mapping.of("status", Mapping.of("conditions", Value.of(List.of(condition))));
        var target =
                "/api/v1/namespaces/" + AppObjects.namespace(app) + "/services/" + AppObjects.name(app) + "/status";
        client.send(List.of(BareClient.merge(target + "?fieldManager=stranger", change)));
    }

    private long edit(Run run, int sample) {
        int app = sample % options.apps();
        var target = configMap(app);
        run.client().send(List.of(BareClient.merge(target + "?fieldManager=kubectl-edit", word("edited"))));
        return Pause.until("the edit is put back", 2, () -> !live(run, target).equals("edited"));
    }

    private long commit(Run run, int sample) {
        int app = (sample * 37 + 5) % options.apps();
        var word = "commit-" + sample;
        run.repository().commit(Change.on("main", word).with(file(app), AppObjects.yaml(app, options.objects(), word)));
        run.client().send(List.of(Apps.sync(AppObjects.namespace(app), AppObjects.name(app), word)));
        return Pause.until(
                "the commit is live", 2, () -> live(run, configMap(app)).equals(word));
    }

    private static String configMap(int app) {
        return "/api/v1/namespaces/" + AppObjects.namespace(app) + "/configmaps/" + AppObjects.name(app);
    }

    private static Mapping word(String word) {
        return Mapping.of("data", Mapping.of("word", Value.of(word)));
    }

    private static String live(Run run, String target) {
        return run.client().get(target).text("data", "word").orElse("");
    }

    private static Value median(Function<Integer, Long> sample) {
        var times = new ArrayList<Long>();
        for (int i = 0; i < SAMPLES; i++) times.add(sample.apply(i));
        times.sort(Comparator.naturalOrder());
        return Figures.rounded(times.get(SAMPLES / 2) / 1e6);
    }
}
