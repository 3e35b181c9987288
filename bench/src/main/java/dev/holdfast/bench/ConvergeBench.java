package dev.holdfast.bench;

import dev.holdfast.demo.ChildProcess;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.server.git.GitServer;
import dev.holdfast.source.LocalRepository;
import dev.holdfast.source.LocalRepository.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    private static final String APPS = "/apis/holdfast.dev/v1alpha1";
    private static final int SAMPLES = 11;

    private final ConvergeOptions options;
    private final Path folder;

    ConvergeBench(ConvergeOptions options) {
        this.options = options;
        try {
            this.folder = Files.createTempDirectory("holdfast-bench-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Mapping run() {
        try (var repository = LocalRepository.create(folder.resolve("apps.git"), Clock.systemUTC());
                var git = GitServer.start(0, () -> Map.of("apps", repository))) {
            repository.commit(everything());
            var floor = floor();
            try (var server =
                    options.kubeconfig().map(ApiServer::given).orElseGet(() -> ApiServer.sandbox(folder, "sandbox"))) {
                var client = new BareClient(server.transport(), options.concurrency());
                server.createNamespaces(client);
                try (var holdfast = startHoldfast(server)) {
                    Pause.until("Holdfast installs its definition", () -> {
                        if (!holdfast.alive()) throw new IllegalStateException(holdfast.tail());
                        return client.answers(APPS + "/holdfastapps");
                    });
                    return measure(new Run(server, client, holdfast.handle(), repository, git.url("apps")), floor);
                }
            }
        } finally {
            remove();
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
    private Duration floor() {
        try (var server =
                options.kubeconfig().map(ApiServer::given).orElseGet(() -> ApiServer.sandbox(folder, "floor"))) {
            var client = new BareClient(server.transport(), options.concurrency());
            server.createNamespaces(client);
            var requests = new ArrayList<Request>();
            for (int app = 0; app < options.apps(); app++) {
                for (var object : AppObjects.of(app, options.objects(), "one")) {
                    requests.add(BareClient.apply(object, AppObjects.namespace(app)));
                }
            }
            var took = client.send(requests);
            if (!server.counts()) {
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

    private ChildProcess startHoldfast(ApiServer server) {
        return ChildProcess.start(
                new ChildProcess.Program(
                        "holdfast up",
                        "dev.holdfast.server.Main",
                        List.of("-XX:+UseSerialGC", "-Xmx256m"),
                        List.of(
                                "up",
                                "--kubeconfig",
                                server.kubeconfig().toString(),
                                "--cache",
                                folder.resolve("cache").toString())),
                folder.resolve("holdfast.log"));
    }

    private Mapping measure(Run run, Duration floor) {
        var counts = new RequestCounts(run.client());
        Pause.millis(2000);
        if (run.server().counts()) counts.reset();
        var cpuBefore = ProcessFigures.cpu(run.holdfast());
        long begin = System.nanoTime();
        run.client().send(apps(run.git()));
        Pause.until("all apps are ready", 100, () -> ready(run.client()) == options.apps());
        var took = Duration.ofNanos(System.nanoTime() - begin);
        var cpu = ProcessFigures.cpu(run.holdfast()).minus(cpuBefore);
        Pause.millis(3000);
        var requests = run.server().counts() ? counts.byKind() : Map.<String, Long>of();
        int objects = options.apps() * options.objects();
        var result = Mapping.builder()
                .put("apps", options.apps())
                .put("objects", objects)
                .put("seconds", seconds(took))
                .put("floorSeconds", seconds(floor))
                .put("ratio", rounded((double) took.toNanos() / floor.toNanos()))
                .put("floorRequestsPerSecond", rounded(objects / (floor.toNanos() / 1e9)))
                .put("cpuMsPerApp", rounded((double) cpu.toMillis() / options.apps()));
        if (run.server().counts()) {
            var working = RequestCounts.withoutStanding(requests);
            result.put("requestsPerObject", rounded((double) RequestCounts.sum(working) / objects));
            result.put("requests", RequestCounts.written(requests));
            idle(run, counts, result);
        }
        result.put("editToLiveMs", median(sample -> edit(run, sample)));
        result.put("commitToLiveMs", median(sample -> commit(run, sample)));
        return result.put("peakRssMiB", ProcessFigures.peakMemory(run.holdfast()))
                .build();
    }

    private List<Request> apps(String git) {
        var requests = new ArrayList<Request>();
        for (int app = 0; app < options.apps(); app++) {
            var source = Mapping.builder()
                    .put("git", git)
                    .put("ref", "main")
                    .put("path", "apps/" + AppObjects.name(app))
                    .build();
            var object = Mapping.builder()
                    .put("apiVersion", "holdfast.dev/v1alpha1")
                    .put("kind", "App")
                    .put("metadata", Mapping.of("name", Value.of(AppObjects.name(app))))
                    .put("spec", Mapping.of("sources", Value.of(List.of(source))))
                    .build();
            requests.add(
                    BareClient.create(APPS + "/namespaces/" + AppObjects.namespace(app) + "/holdfastapps", object));
        }
        return requests;
    }

    private static long ready(BareClient client) {
        return client.get(APPS + "/holdfastapps").sequence("items").mappings().stream()
                .filter(app -> app.mapping("status").sequence("conditions").mappings().stream()
                        .anyMatch(condition -> condition.text("type").orElse("").equals("Ready")
                                && condition.text("status").orElse("").equals("True")))
                .count();
    }

    /// Watches that nothing is asked, first in silence, then while a stranger writes statuses of owned objects, 50 a
    /// second.
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
        var annotations = Mapping.of("annotations", Mapping.of("holdfast.dev/sync", Value.of(word)));
        var target = APPS + "/namespaces/" + AppObjects.namespace(app) + "/holdfastapps/" + AppObjects.name(app);
        run.client().send(List.of(BareClient.merge(target, Mapping.of("metadata", annotations))));
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
        return rounded(times.get(SAMPLES / 2) / 1e6);
    }

    private static Value seconds(Duration time) {
        return rounded(time.toMillis() / 1000.0);
    }

    private static Value rounded(double number) {
        return Value.of(Math.round(number * 100) / 100.0);
    }

    private void remove() {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException left) {
            System.err.println("left behind: " + folder);
        }
    }
}
