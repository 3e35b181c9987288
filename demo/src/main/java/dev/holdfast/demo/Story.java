package dev.holdfast.demo;

import static dev.holdfast.demo.Repositories.BRANCH;
import static dev.holdfast.demo.Repositories.config;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.source.LocalRepository.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What happens in the demo, step by step, each with what must be true then.
final class Story {

    private static final String NAMESPACE = "/api/v1/namespaces/shop/";
    private static final String APPS = "/apis/holdfast.dev/v1alpha1/namespaces/shop/holdfastapps/";
    private static final int MANY = 40;

    private final Surroundings world;
    private final KubeClient kube;

    Story(Surroundings world) {
        this.world = world;
        this.kube = world.kube();
    }

    List<Step> steps() {
        return List.of(
                new Step("first sync", this::firstSync),
                new Step("a commit rolls out", this::commitRollsOut),
                new Step("a manual edit is reverted, with who did it", this::manualEdit),
                new Step("a deleted object comes back", this::deletedObject),
                new Step("a file removed from Git is pruned, an unmanaged neighbour is not", this::prune),
                new Step("a broken commit is held with file:line, the old state keeps running", this::brokenCommit),
                new Step("the revert recovers", this::revert),
                new Step("an emptied directory does not delete everything", this::emptied),
                new Step("confirm lets it", this::confirm),
                new Step("suspended, nothing is written", this::suspend),
                new Step("resumed, it goes on", this::resume),
                new Step("a base with two overlays", this::overlays),
                new Step("a change of the base reaches both", this::baseChanges),
                new Step(
                        "a broken kustomization is held with file:line, the overlays keep running",
                        this::brokenOverlay),
                new Step("killed in mid-sync and restarted, it converges", this::kill),
                new Step("deleting the app removes just what it owned", this::delete));
    }

    private String firstSync() {
        world.install(List.of("web", "worker", "settings"));
        for (var app : List.of("web", "worker", "settings")) awaitReady(app);
        kube.get(NAMESPACE + "services/web");
        return "3 apps ready";
    }

    private String commitRollsOut() {
        var commit = world.repository()
                .commit(Change.on(BRANCH, "Say it in French")
                        .with("apps/web/config.yaml", config("greeting", "greeting", "bonjour")));
        Eventually.holds("the new greeting is live", () -> greeting().equals("bonjour"));
        Eventually.holds(
                "the status names the commit",
                () -> status("web").text("revision").orElse("").endsWith(commit.substring(0, 7)));
        return "main@" + commit.substring(0, 7);
    }

    private String manualEdit() {
        kube.edit(NAMESPACE + "configmaps/greeting", data("greeting", "edited by hand"));
        Eventually.holds("the edit is gone", () -> greeting().equals("bonjour"));
        return Eventually.found(
                "an event names kubectl-edit and the field",
                Eventually.LIMIT,
                () -> events("web").stream()
                        .filter(text -> text.contains("kubectl-edit") && text.contains("greeting"))
                        .findFirst());
    }

    private String deletedObject() {
        var before = uid(NAMESPACE + "services/web");
        kube.delete(NAMESPACE + "services/web");
        Eventually.holds(
                "the Service is back",
                () -> kube.find(NAMESPACE + "services/web")
                        .flatMap(service -> service.text("metadata", "uid"))
                        .filter(uid -> !uid.equals(before))
                        .isPresent());
        return "Service web, with a new uid";
    }

    private String prune() {
        kube.create(NAMESPACE + "configmaps", KubeClient.configMap("neighbour", Mapping.of("mine", Value.of("yes"))));
        world.repository().commit(Change.on(BRANCH, "Nobody needs extra").without("apps/web/extra.yaml"));
        Eventually.holds(
                "extra is gone", () -> kube.find(NAMESPACE + "configmaps/extra").isEmpty());
        kube.get(NAMESPACE + "configmaps/neighbour");
        return "extra is gone, neighbour is there";
    }

    private String brokenCommit() {
        world.repository()
                .commit(Change.on(BRANCH, "A slip of the finger")
                        .with(
                                "apps/web/config.yaml",
                                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: [greeting\n"));
        var why = Eventually.found(
                "the status names file and line",
                Eventually.LIMIT,
                () -> Optional.of(status("web").text("why").orElse(""))
                        .filter(text -> text.contains("apps/web/config.yaml:")));
        kube.edit(NAMESPACE + "configmaps/greeting", data("greeting", "edited while broken"));
        Eventually.holds("drift is still healed", () -> greeting().equals("bonjour"));
        return why;
    }

    private String revert() {
        world.repository()
                .commit(Change.on(BRANCH, "Mend it")
                        .with("apps/web/config.yaml", config("greeting", "greeting", "hola")));
        Eventually.holds("the mended greeting is live", () -> greeting().equals("hola"));
        awaitReady("web");
        return "hola";
    }

    private String emptied() {
        world.repository()
                .commit(Change.on(BRANCH, "Oops")
                        .without("apps/settings/a.yaml")
                        .with("apps/settings/README.md", "Nothing is left here.\n"));
        var why = Eventually.found(
                "the app waits for a confirmation",
                Eventually.LIMIT,
                () -> status("settings").sequence("targets").mappings().stream()
                        .filter(target -> target.has("confirm"))
                        .flatMap(target -> target.text("confirm", "why").stream())
                        .findFirst());
        Eventually.staysTrue("nothing is deleted", Duration.ofSeconds(2), () -> settings() == 8);
        return why;
    }

    private String confirm() {
        if (world.holdfast("confirm", "settings", "--yes") != 0) throw new AssertionError("holdfast confirm failed");
        Eventually.holds("the settings are gone", () -> settings() == 0);
        kube.get(NAMESPACE + "configmaps/neighbour");
        return "8 ConfigMaps deleted after holdfast confirm";
    }

    private String suspend() {
        if (world.holdfast("suspend", "web") != 0) throw new AssertionError("holdfast suspend failed");
        Eventually.holds(
                "the status says so",
                () -> status("web").text("sync").orElse("").equals("Suspended"));
        kube.edit(NAMESPACE + "configmaps/greeting", data("greeting", "while suspended"));
        Eventually.staysTrue(
                "the edit stays", Duration.ofSeconds(3), () -> greeting().equals("while suspended"));
        return "the edit stays";
    }

    private String resume() {
        if (world.holdfast("resume", "web") != 0) throw new AssertionError("holdfast resume failed");
        Eventually.holds("the edit is gone", () -> greeting().equals("hola"));
        return "the edit is gone";
    }

    private String overlays() {
        world.install(List.of("checkout-test", "checkout-prod"));
        for (var app : List.of("checkout-test", "checkout-prod")) awaitReady(app);
        if (replicas("test") != 1 || replicas("prod") != 2) throw new AssertionError("the overlays set no replicas");
        return "Deployment test-checkout with 1 replica, prod-checkout with 2";
    }

    private long replicas(String stage) {
        return checkout(stage).whole("spec", "replicas").orElse(0L);
    }

    private Mapping checkout(String stage) {
        return kube.get("/apis/apps/v1/namespaces/shop/deployments/" + stage + "-checkout");
    }

    /// The ConfigMap that the Deployment really names: the generator's hash is part of it.
    private String currency(String stage) {
        var containers = checkout(stage).sequence("spec", "template", "spec", "containers");
        var name =
                containers.mappings().getFirst().sequence("envFrom").mappings().getFirst();
        return kube.find(NAMESPACE + "configmaps/"
                        + name.text("configMapRef", "name").orElse(""))
                .flatMap(config -> config.text("data", "CURRENCY"))
                .orElse("");
    }

    private String baseChanges() {
        world.repository().commit(Change.on(BRANCH, "Pay in crowns").with("base/checkout/kustomization.yaml", """
                        resources: [deployment.yaml, service.yaml]
                        configMapGenerator:
                          - name: checkout
                            literals: [CURRENCY=SEK]
                        """));
        for (var stage : List.of("test", "prod")) {
            Eventually.holds(
                    stage + "-checkout has the new currency",
                    () -> currency(stage).equals("SEK"));
        }
        return "both Deployments name a new ConfigMap with CURRENCY=SEK";
    }

    private String brokenOverlay() {
        world.repository()
                .commit(Change.on(BRANCH, "A file that nobody added")
                        .with("apps/checkout-prod/kustomization.yaml", Repositories.overlay("prod", 2) + """
                                patches:
                                  - path: missing.yaml
                                """));
        var why = Eventually.found(
                "the status names file and line",
                Eventually.LIMIT,
                () -> Optional.of(status("checkout-prod").text("why").orElse(""))
                        .filter(text -> text.contains("apps/checkout-prod/kustomization.yaml:")));
        if (replicas("prod") != 2) throw new AssertionError("prod-checkout is not what it was");
        world.repository()
                .commit(Change.on(BRANCH, "Mend it")
                        .with("apps/checkout-prod/kustomization.yaml", Repositories.overlay("prod", 3)));
        Eventually.holds("the mended overlay is live", () -> replicas("prod") == 3);
        return why;
    }

    private String kill() {
        var change = Change.on(BRANCH, "Many at once");
        for (int i = 0; i < MANY; i++)
            change = change.with("apps/worker/many-" + i + ".yaml", config("many-" + i, "n", "" + i));
        world.repository().commit(change);
        Eventually.holds("the sync has begun", () -> many() >= 3);
        world.killHoldfast();
        long after = many();
        world.restartHoldfast();
        Eventually.holds("all of them are there", () -> many() == MANY);
        awaitReady("worker");
        return "killed at " + after + " of " + MANY + ", then all there";
    }

    private String delete() {
        if (world.holdfast("delete", "web", "--yes") != 0) throw new AssertionError("holdfast delete failed");
        Eventually.holds("the app is gone", () -> kube.find(APPS + "web").isEmpty());
        if (kube.find(NAMESPACE + "configmaps/greeting").isPresent())
            throw new AssertionError("greeting is still there");
        kube.get(NAMESPACE + "configmaps/neighbour");
        kube.get("/apis/apps/v1/namespaces/shop/deployments/worker");
        return "neighbour and worker are there";
    }

    private void awaitReady(String app) {
        Eventually.found(
                "App " + app + " is ready",
                Duration.ofSeconds(60),
                () -> kube.find(APPS + app).filter(Story::ready));
    }

    private static boolean ready(Mapping app) {
        var status = app.mapping("status");
        return status.whole("observedGeneration").equals(app.whole("metadata", "generation"))
                && status.sequence("conditions").mappings().stream()
                        .anyMatch(condition -> condition.text("type").orElse("").equals("Ready")
                                && condition.text("status").orElse("").equals("True"));
    }

    private Mapping status(String app) {
        return kube.get(APPS + app).mapping("status");
    }

    private String greeting() {
        return kube.find(NAMESPACE + "configmaps/greeting")
                .flatMap(config -> config.text("data", "greeting"))
                .orElse("");
    }

    private long settings() {
        return count("setting-");
    }

    private long many() {
        return count("many-");
    }

    private long count(String prefix) {
        return KubeClient.names(kube.list(NAMESPACE + "configmaps")).stream()
                .filter(name -> name.startsWith(prefix))
                .count();
    }

    private List<String> events(String app) {
        return kube.list(NAMESPACE + "events").stream()
                .filter(event -> event.text("involvedObject", "name").orElse("").equals(app))
                .flatMap(event -> event.text("message").stream())
                .toList();
    }

    private String uid(String path) {
        return kube.get(path).text("metadata", "uid").orElse("");
    }

    private static Mapping data(String key, String value) {
        return Mapping.of("data", Mapping.of(key, Value.of(value)));
    }
}
