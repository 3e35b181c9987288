package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.KubernetesCluster;
import dev.holdfast.dialect.AppDefinition;
import dev.holdfast.dialect.AppDialect;
import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ownership;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Patch;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.port.GitHost;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.Controller;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.home.Installation;
import dev.holdfast.runtime.home.Kinds;
import dev.holdfast.runtime.home.LeaseHold;
import dev.holdfast.runtime.loop.Ports;
import dev.holdfast.runtime.loop.Settings;
import dev.holdfast.runtime.render.SnapshotRenderer;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.sandbox.access.User;
import dev.holdfast.sandbox.trouble.RequestLog;
import dev.holdfast.testkit.FakeGitHost;
import dev.holdfast.testkit.FakeRepository;
import dev.holdfast.testkit.SimulatedTasks;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A whole small world on one thread: the sandbox, a Git host, Holdfast, and a person with kubectl.
final class Stage {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final String NAMESPACE = "team-a";
    static final User PERSON = User.of("person", User.MASTERS, User.AUTHENTICATED);

    final SimulatedTasks tasks;
    final long seed;
    final FakeGitHost git;
    final FakeRepository repository;
    Sandbox sandbox;
    Cluster person;
    UnaryOperator<ApiTransport> wire = UnaryOperator.identity();
    private Optional<GitHost.Credential> credential = Optional.empty();
    private int credentials;
    UnaryOperator<GitHost> line = UnaryOperator.identity();
    Optional<String> serviceAccount = Optional.empty();
    WriteGate.Standing standing = WriteGate.Standing.STARTER;
    private Optional<Tasks.Task> running = Optional.empty();
    private Optional<Controller> controller = Optional.empty();
    private int processes;

    private Stage(long seed) {
        this.seed = seed;
        this.tasks = new SimulatedTasks(seed, START);
        this.git = new FakeGitHost(tasks::now);
        this.repository = git.create("deploy");
    }

    /// Plays a story to its end.
    static SimulatedTasks.Trace play(long seed, Consumer<Stage> story) {
        var stage = new Stage(seed);
        stage.tasks.run(
                () -> {
                    stage.open();
                    story.accept(stage);
                    stage.kill();
                    stage.sandbox.close();
                },
                Duration.ofDays(2));
        return stage.tasks.trace();
    }

    private void open() {
        sandbox = Sandbox.start(SandboxOptions.inMemory(seed), tasks);
        person =
                new KubernetesCluster(sandbox.direct(PERSON), tasks, ClusterSettings.named("person", new Random(seed)));
        apply(AppDefinition.crd());
        eventually(
                "Apps are served",
                () -> person.discover().find(Kinds.APPS.gvk()).isPresent());
        namespace(NAMESPACE);
    }

    /// Starts Holdfast, as another process would, and waits until it works.
    Controller start() {
        launch();
        eventually(
                "Holdfast is ready", () -> controller.filter(Controller::ready).isPresent());
        return controller.orElseThrow();
    }

    /// Starts Holdfast.
    void launch() {
        controller = Optional.empty();
        int process = ++processes;
        var transport = wire.apply(sandbox.direct());
        var cluster = new KubernetesCluster(transport, tasks, ClusterSettings.named("in-cluster", new Random(seed)));
        var home = new Home(cluster, Settings.NAMESPACE);
        var random = new Random(seed);
        var task = tasks.spawn("holdfast " + process, () -> {
            var installation = Installation.open(home, Optional.of("test"), size -> {
                var bytes = new byte[size];
                random.nextBytes(bytes);
                return bytes;
            });
            var lease = new LeaseHold(
                    tasks, home, "host/" + process + "/0", LeaseHold.Times.DEFAULT, other -> !other.isEmpty());
            var settings = Settings.of(installation, standing, seed).in(Settings.NAMESPACE, serviceAccount);
            var ports = new Ports(tasks, cluster, line.apply(git), new SnapshotRenderer(), (_, _, _) -> credential);
            var made = new Controller(ports, settings, lease);
            controller = Optional.of(made);
            made.run();
        });
        running = Optional.of(task);
    }

    /// The process is gone in the middle of what it does.
    void killAtOnce() {
        running.ifPresent(Tasks.Task::cancel);
    }

    /// SIGKILL.
    void kill() {
        running.ifPresent(Tasks.Task::cancel);
        running = Optional.empty();
        pass(Duration.ofMillis(1));
    }

    // what a person does

    void commit(String message, Map<String, String> files) {
        repository.commit("main", message, files);
    }

    void namespace(String name) {
        apply(yaml("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + name + "}"));
    }

    void app(String name, String path, String... spec) {
        var text = """
                apiVersion: holdfast.dev/v1alpha1
                kind: App
                metadata: {name: %s, namespace: %s}
                spec:
                  interval: 1m
                  sources: [{git: https://git.test/deploy, ref: main, path: %s}]
                """.formatted(name, NAMESPACE, path);
        apply(yaml(text
                + String.join(
                        "",
                        List.of(spec).stream().map(line -> "  " + line + "\n").toList())));
    }

    void sync(String app) {
        annotate(app, "holdfast.dev/sync", tasks.now().toString());
    }

    /// What repositories are asked with from now on. A credential is in a Secret, so that Secret changes.
    void credential(GitHost.Credential given) {
        credential = Optional.of(given);
        apply(yaml("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: repository
                  namespace: %s
                  labels: {holdfast.dev/secret: repository}
                stringData: {version: "%d"}
                """.formatted(NAMESPACE, ++credentials)));
    }

    void annotate(String app, String key, String value) {
        var patch =
                Mapping.of("metadata", Mapping.of("annotations", Mapping.of(key, dev.holdfast.model.Value.of(value))));
        done(person.patch(appAddress(app), new Patch.Merge(patch), "kubectl-annotate", Caller.SELF));
    }

    void finalizer(String app) {
        var patch = yaml("metadata: {finalizers: [holdfast.dev/app]}");
        done(person.patch(appAddress(app), new Patch.Merge(patch), "kubectl-edit", Caller.SELF));
    }

    void spec(String app, String json) {
        var patch = Mapping.of("spec", yaml(json));
        done(person.patch(appAddress(app), new Patch.Merge(patch), "kubectl-edit", Caller.SELF));
    }

    void edit(ApiResource resource, String name, String json) {
        done(person.patch(
                Address.of(resource, NAMESPACE, name), new Patch.Merge(yaml(json)), "kubectl-edit", Caller.SELF));
    }

    void apply(Mapping body) {
        var address = Address.of(
                resource(Gvk.of(
                        body.text("apiVersion").orElseThrow(), body.text("kind").orElseThrow())),
                body.text("metadata", "namespace").orElse(""),
                body.text("metadata", "name").orElseThrow());
        done(person.apply(
                new Cluster.Apply(address, body, "kubectl", Cluster.Conflicts.FORCE, Cluster.Effect.WRITE),
                Caller.SELF));
    }

    void delete(ApiResource resource, String name) {
        var object = find(resource, name).orElseThrow();
        done(person.delete(
                new Cluster.Delete(
                        Address.of(resource, resource.namespaced() ? NAMESPACE : "", name),
                        object.text("metadata", "uid").orElseThrow(),
                        Optional.empty(),
                        Cluster.Propagation.BACKGROUND),
                Caller.SELF));
    }

    // what can be seen

    ApiResource resource(Gvk gvk) {
        return person.discover().find(gvk).orElseThrow();
    }

    Optional<Mapping> find(ApiResource resource, String name) {
        var answer = person.read(Address.of(resource, resource.namespaced() ? NAMESPACE : "", name), Caller.SELF);
        return answer instanceof Answer.Done(var _, var body, var _) ? Optional.of(body) : Optional.empty();
    }

    Mapping app(String name) {
        return find(Kinds.APPS, name).orElse(Mapping.EMPTY);
    }

    String why(String app) {
        return app(app).text("status", "why").orElse("");
    }

    boolean ready(String app) {
        var held = app(app);
        boolean observed = held.whole("status", "observedGeneration").equals(held.whole("metadata", "generation"));
        return observed
                && held.sequence("status", "conditions").mappings().stream()
                        .anyMatch(condition -> condition.text("type").orElse("").equals("Ready")
                                && condition.text("status").orElse("").equals("True"));
    }

    List<String> events(String app) {
        var told = new ArrayList<String>();
        person.list(new Selection(Kinds.EVENTS, NAMESPACE, "", "", Cluster.Form.WHOLE), Caller.SELF, event -> {
            boolean ofApp = event.text("involvedObject", "kind").orElse("").equals(AppDialect.KIND);
            if (ofApp && event.text("involvedObject", "name").orElse("").equals(app)) {
                told.add(event.text("reason").orElse("") + ": "
                        + event.text("message").orElse(""));
            }
        });
        return told;
    }

    TreeMap<String, Mapping> owned(ApiResource resource) {
        var found = new TreeMap<String, Mapping>();
        person.list(
                new Selection(resource, "", Ownership.OWNER_LABEL, "", Cluster.Form.WHOLE),
                Caller.SELF,
                object -> found.put(object.text("metadata", "name").orElse(""), object));
        return found;
    }

    static boolean write(RequestLog.Entry request) {
        return switch (request.verb()) {
            case "get", "list", "watch" -> false;
            default -> !request.resource().startsWith("leases");
        };
    }

    // time

    void pass(Duration time) {
        tasks.sleepUntil(tasks.now().plus(time));
    }

    void eventually(String what, BooleanSupplier holds) {
        eventually(what, Duration.ofMinutes(5), holds);
    }

    void eventually(String what, Duration within, BooleanSupplier holds) {
        var deadline = tasks.now().plus(within);
        while (!holds.getAsBoolean()) {
            assertThat(tasks.now())
                    .as(() -> "waits in vain: " + what + "\n" + report())
                    .isBefore(deadline);
            pass(Duration.ofMillis(200));
        }
    }

    private String report() {
        var text = new StringBuilder("refs were listed " + repository.listings() + " times\n");
        person.list(Selection.all(Kinds.APPS), Caller.SELF, app -> {
            if (text.length() > 2_000) return;
            text.append(app.text("metadata", "name").orElse(""))
                    .append(": ")
                    .append(app.text("status", "sync").orElse("-"));
            text.append(", ").append(app.text("status", "why").orElse("-")).append('\n');
        });
        return text.toString();
    }

    static Mapping yaml(String text) {
        return YamlReader.go2().object("test.yaml", text.getBytes(StandardCharsets.UTF_8), Limits.FILE);
    }

    private static void done(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Done.class);
    }

    private static Address appAddress(String app) {
        return Address.of(Kinds.APPS, NAMESPACE, app);
    }
}
