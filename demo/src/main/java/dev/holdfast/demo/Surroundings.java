package dev.holdfast.demo;

import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.light.LightTransport;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.server.git.GitServer;
import dev.holdfast.source.LocalRepository;
import dev.holdfast.yaml.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Everything the story plays in: a sandbox and Holdfast, each a process of its own, and a Git server in this one.
final class Surroundings implements AutoCloseable {

    private final Path folder;
    private final LocalRepository repository;
    private final GitServer git;
    private final ChildProcess sandbox;
    private ChildProcess holdfast;
    private final KubeClient kube;

    private Surroundings(
            Path folder, LocalRepository repository, GitServer git, ChildProcess sandbox, KubeClient kube) {
        this.folder = folder;
        this.repository = repository;
        this.git = git;
        this.sandbox = sandbox;
        this.kube = kube;
        this.holdfast = startHoldfast();
    }

    static Surroundings start(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        var repository = LocalRepository.create(folder.resolve("apps.git"), Clock.systemUTC());
        repository.commit(Repositories.first());
        var git = GitServer.start(0, () -> Map.of("apps", repository));
        var kubeconfig = folder.resolve("kubeconfig");
        var port = Integer.toString(freePort());
        var sandbox = ChildProcess.start(
                new ChildProcess.Program(
                        "sandbox",
                        "dev.holdfast.server.Main",
                        JavaFlags.SANDBOX,
                        List.of("sandbox", "--port", port, "--kubeconfig", kubeconfig.toString())),
                folder.resolve("sandbox.log"));
        Eventually.holds("the sandbox answers", () -> {
            if (!sandbox.alive()) throw new AssertionError("the sandbox ended:\n" + sandbox.tail());
            return Files.exists(kubeconfig) && connect(kubeconfig).answers("/readyz");
        });
        return new Surroundings(folder, repository, git, sandbox, connect(kubeconfig));
    }

    private static KubeClient connect(Path kubeconfig) {
        return new KubeClient(new LightTransport(Kubeconfig.load(List.of(kubeconfig), "")));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private ChildProcess startHoldfast() {
        return ChildProcess.start(
                new ChildProcess.Program(
                        "holdfast up",
                        "dev.holdfast.server.Main",
                        JavaFlags.UP,
                        List.of(
                                "up",
                                "--kubeconfig",
                                kubeconfig().toString(),
                                "--cache",
                                folder.resolve("cache").toString())),
                folder.resolve("holdfast.log"));
    }

    void killHoldfast() {
        holdfast.kill();
    }

    void restartHoldfast() {
        holdfast = startHoldfast();
    }

    KubeClient kube() {
        return kube;
    }

    LocalRepository repository() {
        return repository;
    }

    String gitUrl() {
        return git.url("apps");
    }

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    Path folder() {
        return folder;
    }

    /// Makes the namespace and the Apps, as a person would.
    void install(List<String> apps) {
        Eventually.holds("Holdfast has installed its definition", () -> {
            if (!holdfast.alive()) throw new AssertionError("holdfast up ended:\n" + holdfast.tail());
            return kube.answers("/apis/holdfast.dev/v1alpha1/holdfastapps");
        });
        if (kube.find("/api/v1/namespaces/shop").isEmpty()) {
            kube.create("/api/v1/namespaces", named("Namespace", "shop"));
        }
        for (var app : apps) {
            var text = Repositories.app(app, gitUrl()).getBytes(StandardCharsets.UTF_8);
            kube.create("/apis/holdfast.dev/v1alpha1/namespaces/shop/holdfastapps", JsonReader.readObject(text));
        }
    }

    private static Mapping named(String kind, String name) {
        return Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", kind)
                .put("metadata", Mapping.of("name", Value.of(name)))
                .build();
    }

    /// Runs the command line, as a person would; returns its exit code.
    int holdfast(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig().toString(), "-n", "shop"));
        try (var process = ChildProcess.start(
                new ChildProcess.Program("holdfast " + arguments[0], "dev.holdfast.cli.Main", JavaFlags.COMMAND, all),
                folder.resolve("cli.log"))) {
            return process.exitCode();
        }
    }

    String logs() {
        return "--- holdfast up\n" + holdfast.tail() + "\n--- sandbox\n" + sandbox.tail();
    }

    @Override
    public void close() {
        holdfast.close();
        sandbox.close();
        git.close();
        repository.close();
    }
}
