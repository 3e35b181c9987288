package dev.holdfast.cli;

import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.KubernetesCluster;
import dev.holdfast.dialect.AppDefinition;
import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.runtime.Controller;
import dev.holdfast.runtime.VirtualThreadTasks;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.home.Installation;
import dev.holdfast.runtime.home.LeaseHold;
import dev.holdfast.runtime.loop.Ports;
import dev.holdfast.runtime.loop.Settings;
import dev.holdfast.runtime.render.SnapshotRenderer;
import dev.holdfast.sandbox.Kubeconfig;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.sandbox.door.HttpDoor;
import dev.holdfast.source.GitSettings;
import dev.holdfast.source.JGitHost;
import dev.holdfast.source.LocalRepository;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Somebody's desk: a cluster that listens on this machine, a repository, a kubeconfig, and a terminal whose output
/// is kept. Controllers run where a test starts them.
final class Desk implements AutoCloseable {

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    final VirtualThreadTasks tasks = new VirtualThreadTasks(Duration.ofSeconds(5), (_, _) -> {});
    final Sandbox sandbox = Sandbox.start(SandboxOptions.inMemory(7), tasks);
    final LocalRepository repository;
    private final Path folder;
    private final HttpDoor door;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    /// What a command said.
    record Said(int code, String out, String err) {}

    Desk(Path folder) throws IOException {
        this.folder = folder;
        this.door = sandbox.listen(HttpDoor.Options.loopback(0));
        this.repository = LocalRepository.create(folder.resolve("repository.git"), InstantSource.system());
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("KUBECONFIG", kubeconfig(sandbox.adminToken()).toString());
    }

    /// With the definition of Apps installed.
    static Desk withApps(Path folder) throws IOException {
        var desk = new Desk(folder);
        desk.send("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", AppDefinition.crd());
        while (!desk.served("/apis/holdfast.dev/v1alpha1/holdfastapps")) {
            desk.tasks.sleepUntil(desk.tasks.now().plusMillis(5));
        }
        return desk;
    }

    private boolean served(String path) {
        try (ApiTransport transport = sandbox.direct()) {
            return transport.send(Request.get(path)).ok();
        }
    }

    private Path kubeconfig(String token) throws IOException {
        var file = Files.createTempFile(folder, "kubeconfig", "");
        return Files.writeString(file, Kubeconfig.text(door, token));
    }

    String repositoryUrl() {
        return folder.resolve("repository.git").toUri().toString().replaceFirst("^file:/(?!/)", "file:///");
    }

    Said run(String... arguments) {
        return runIn(Terminal.Colours.NONE, environment, arguments);
    }

    Said runIn(Terminal.Colours colours, Map<String, String> variables, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(stream(out), stream(err), colours, Terminal.Presence.PIPE);
        int code = Main.run(terminal, variables, arguments);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /// As a service account of namespace `default` that may do what these rules of a ClusterRole (YAML) say,
    /// everywhere.
    Said runAs(String name, String rules, String... arguments) throws IOException {
        post(
                "/api/v1/namespaces/default/serviceaccounts",
                "{apiVersion: v1, kind: ServiceAccount, metadata: {name: %s}}".formatted(name));
        post(
                "/apis/rbac.authorization.k8s.io/v1/clusterroles",
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: %s}, rules: %s}"
                        .formatted(name, rules));
        post("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: %1$s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %1$s}
                subjects: [{kind: ServiceAccount, namespace: default, name: %1$s}]
                """.formatted(name));
        var token = post(
                        "/api/v1/namespaces/default/serviceaccounts/" + name + "/token",
                        "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {}}")
                .text("status", "token")
                .orElseThrow();
        var variables = new TreeMap<>(environment);
        variables.put("KUBECONFIG", kubeconfig(token).toString());
        return runIn(Terminal.Colours.NONE, variables, arguments);
    }

    Mapping post(String path, String yaml) {
        return send("POST", path, value(yaml));
    }

    Mapping patch(String path, String yaml) {
        return send("PATCH", path, value(yaml));
    }

    Mapping get(String path) {
        return send("GET", path, Mapping.EMPTY);
    }

    Mapping send(String method, String path, Mapping body) {
        var type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        var headers = List.of(new Header("Accept", "application/json"), new Header("Content-Type", type));
        var request = method.equals("GET")
                ? Request.get(path, headers)
                : new Request(
                        method,
                        path + (path.contains("?") ? "&" : "?") + "fieldManager=somebody",
                        headers,
                        JsonWriter.write(body));
        try (ApiTransport transport = sandbox.direct()) {
            var reply = transport.send(request);
            if (!reply.ok())
                throw new AssertionError(request + ": " + new String(reply.body(), StandardCharsets.UTF_8));
            return JsonReader.readObject(reply.body());
        }
    }

    private static Mapping value(String yaml) {
        // what begins with a brace would be read as JSON
        var documents =
                YamlReader.go2().documents("test", ("#\n" + yaml).getBytes(StandardCharsets.UTF_8), Limits.FILE);
        return (Mapping) documents.getFirst();
    }

    /// An App in namespace `default` whose spec (YAML) is given, and what its status says.
    void app(String name, String spec, String status) {
        var apps = "/apis/holdfast.dev/v1alpha1/namespaces/default/holdfastapps";
        post(
                apps,
                "{apiVersion: holdfast.dev/v1alpha1, kind: App, metadata: {name: %s}, spec: %s}".formatted(name, spec));
        if (!status.isEmpty()) patch(apps + "/" + name + "/status", "status: " + status);
    }

    /// An App in namespace `default` from the whole of this desk's repository.
    void app(String name, String more) {
        app(name, "{sources: [{git: '%s', ref: main}]%s}".formatted(repositoryUrl(), more), "");
    }

    void commit(Map<String, String> files, String... removed) {
        repository.commit(
                LocalRepository.Change.on("main", "A change").with(files).without(removed));
    }

    /// Holdfast's own Secret, without any controller.
    Installation installed() {
        return Installation.open(home(), Optional.of("test"), _ -> KEY.getBytes(StandardCharsets.US_ASCII));
    }

    private Home home() {
        var settings = ClusterSettings.named("sandbox", RandomGenerator.getDefault());
        return new Home(new KubernetesCluster(sandbox.direct(), tasks, settings), Settings.NAMESPACE);
    }

    /// Starts what keeps the cluster as Git says.
    void controllers() {
        var installation = installed();
        var policy = new GitSettings.UrlPolicy(false, true);
        var git = new JGitHost(
                GitSettings.in(folder.resolve("cache"), installation.key()).with(policy), tasks);
        open.add(git);
        var ports = new Ports(tasks, home().cluster(), git, new SnapshotRenderer(), (_, _, _) -> Optional.empty());
        var lease = new LeaseHold(tasks, home(), "desk", LeaseHold.Times.DEFAULT, _ -> true);
        var controller = new Controller(ports, Settings.of(installation, WriteGate.Standing.STARTER, 1), lease);
        open.add(controller::stop);
        tasks.spawn("controller", controller::run);
    }

    @Override
    public void close() throws Exception {
        for (var each : open.reversed()) each.close();
        tasks.close();
        sandbox.close();
        repository.close();
    }
}
