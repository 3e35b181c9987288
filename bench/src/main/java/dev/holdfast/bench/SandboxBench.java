package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.runtime.VirtualThreadTasks;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/// How quick and how small the sandbox is: its start, server-side applies by direct calls and over HTTP, many
/// objects, many worlds.
final class SandboxBench {

    private static final int HTTP_CLIENTS = 16;
    private static final int OBJECTS_PER_APP = 4;
    private static final int STARTS = 5;
    private static final int CREATED_AT_ONCE = 2_000;
    /// What 100,000 ConfigMaps of 2 KB live in; the process around it takes a hundred MiB more.
    private static final String SMALL_HEAP = "440m";

    private final SandboxBenchOptions options;

    SandboxBench(SandboxBenchOptions options) {
        this.options = options;
    }

    Mapping run() {
        var figures = Mapping.builder().put("benchmark", "sandbox");
        try (var tasks = new VirtualThreadTasks(Duration.ofSeconds(5), (name, failure) -> failure.printStackTrace())) {
            figures.put("startInProcessSeconds", start(tasks));
            if (options.measures("direct"))
                figures.put("directAppliesPerSecond", direct(tasks).perSecond());
        }
        if (options.measures("start")) starts(figures);
        if (options.measures("http")) overHttp(figures);
        if (options.measures("memory")) memory(figures);
        if (options.measures("worlds")) worlds(figures);
        return figures.build();
    }

    /// The first one in this Java: classes are still to be loaded.
    private static Value start(VirtualThreadTasks tasks) {
        long begin = System.nanoTime();
        try (var sandbox = Sandbox.start(SandboxOptions.inMemory(1), tasks)) {
            new BareClient(sandbox.direct(), 1).get("/api/v1/namespaces/default");
            return Figures.seconds(since(begin));
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private Speed direct(VirtualThreadTasks tasks) {
        try (var sandbox = Sandbox.start(SandboxOptions.inMemory(1), tasks)) {
            return applies(sandbox.direct(), Runtime.getRuntime().availableProcessors(), () -> Duration.ZERO);
        }
    }

    /// @param cpuMicros what one apply costs the server's process, its controllers included; zero where that is not
    /// told
    private record Speed(long perSecond, long cpuMicros) {}

    /// Half of them create, the other half apply again, where one in four changes something.
    private Speed applies(ApiTransport transport, int clients, Supplier<Duration> cpu) {
        var client = new BareClient(transport, clients);
        var namespaces = new ArrayList<Request>();
        for (int i = 0; i < AppObjects.NAMESPACES; i++) {
            var namespace = Mapping.builder()
                    .put("apiVersion", "v1")
                    .put("kind", "Namespace")
                    .put("metadata", Mapping.of("name", Value.of(AppObjects.namespace(i))))
                    .build();
            namespaces.add(BareClient.create("/api/v1/namespaces", namespace));
        }
        client.send(namespaces);
        client.send(requests(0, options.warmUp(), "one"));
        client.send(requests(0, options.warmUp(), "two"));
        var measured = requests(options.warmUp(), options.warmUp() + options.apps(), "one");
        measured.addAll(requests(options.warmUp(), options.warmUp() + options.apps(), "two"));
        var before = cpu.get();
        var took = client.send(measured);
        long used = cpu.get().minus(before).toNanos() / 1_000 / measured.size();
        return new Speed(Math.round(measured.size() / (took.toNanos() / 1e9)), used);
    }

    private static List<Request> requests(int from, int until, String word) {
        var requests = new ArrayList<Request>();
        for (int app = from; app < until; app++) {
            for (var object : AppObjects.of(app, OBJECTS_PER_APP, word)) {
                requests.add(BareClient.apply(object, AppObjects.namespace(app)));
            }
        }
        return requests;
    }

    /// As a user starts it, where `./dev build` has left its class archives: until it answers over TLS.
    private static void starts(Mapping.Builder figures) {
        if (!Files.isRegularFile(Path.of("server/target/sandbox.jsa"))) return;
        var times = new ArrayList<Duration>();
        for (int i = 0; i < STARTS; i++) {
            try (var scratch = Scratch.create()) {
                long begin = System.nanoTime();
                try (var server = ApiServer.launched(scratch.folder())) {
                    var client = new BareClient(server.transport(), 1);
                    Pause.until("the sandbox answers", 2, () -> client.answers("/readyz"));
                    times.add(since(begin));
                }
            }
        }
        times.sort(Comparator.naturalOrder());
        figures.put("startFromArchiveSeconds", Figures.seconds(times.get(STARTS / 2)));
    }

    private void overHttp(Mapping.Builder figures) {
        try (var scratch = Scratch.create()) {
            long begin = System.nanoTime();
            try (var server = ApiServer.sandbox(scratch.folder(), "measured")) {
                var client = new BareClient(server.transport(), 1);
                Pause.until("the sandbox answers", () -> client.answers("/readyz"));
                figures.put("startAsProcessSeconds", Figures.seconds(since(begin)));
                figures.put("httpClients", HTTP_CLIENTS);
                var speed = applies(server.transport(), HTTP_CLIENTS, server::cpu);
                figures.put("httpAppliesPerSecond", speed.perSecond());
                figures.put("httpCpuMicrosPerApply", speed.cpuMicros());
            }
        }
    }

    private void memory(Mapping.Builder figures) {
        try (var scratch = Scratch.create();
                var server = ApiServer.sandbox(scratch.folder(), "full", SMALL_HEAP)) {
            var client = new BareClient(server.transport(), HTTP_CLIENTS);
            long begin = System.nanoTime();
            for (int from = 0; from < options.configMaps(); from += CREATED_AT_ONCE) {
                var requests = new ArrayList<Request>();
                for (int i = from; i < Math.min(from + CREATED_AT_ONCE, options.configMaps()); i++) {
                    requests.add(BareClient.create("/api/v1/namespaces/default/configmaps", configMap(i)));
                }
                client.send(requests);
            }
            figures.put("configMaps", options.configMaps());
            figures.put("configMapsSeconds", Figures.seconds(since(begin)));
            figures.put("configMapsHeap", SMALL_HEAP);
            figures.put("configMapsPeakRssMiB", server.peakMemory());
        }
    }

    private static Mapping configMap(int number) {
        var text = Integer.toString(number).repeat(2_000).substring(0, 2_000);
        return Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .put("metadata", Mapping.of("name", Value.of("filler-%06d".formatted(number))))
                .put("data", Mapping.of("text", Value.of(text)))
                .build();
    }

    /// A world for each of many short simulations: made, written to, read, dropped.
    private void worlds(Mapping.Builder figures) {
        var object = AppObjects.of(0, OBJECTS_PER_APP, "one").get(1);
        long begin = System.nanoTime();
        for (int i = 0; i < options.worlds(); i++) {
            try (var tasks = new VirtualThreadTasks(Duration.ofSeconds(5), (_, failure) -> failure.printStackTrace());
                    var sandbox = Sandbox.start(SandboxOptions.inMemory(i), tasks)) {
                var client = new BareClient(sandbox.direct(), 1);
                client.send(List.of(BareClient.apply(object, "default")));
                client.get(AppObjects.path(object, "default"));
            }
        }
        figures.put("worlds", options.worlds());
        figures.put("worldsSeconds", Figures.seconds(since(begin)));
    }
}
