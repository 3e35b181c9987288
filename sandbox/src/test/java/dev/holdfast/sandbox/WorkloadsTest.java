package dev.holdfast.sandbox;

import static dev.holdfast.sandbox.World.condition;
import static dev.holdfast.sandbox.World.deployment;
import static dev.holdfast.sandbox.World.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.sandbox.controller.Controllers.Pace;
import dev.holdfast.yaml.JsonReader;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// What the controllers make of workloads over time; that they end where any cluster's do is in the contract.
class WorkloadsTest {

    private static final String WEB = "deployments/web";

    /// Follows the Pods of a rollout event by event: never more than surge allows, never fewer than unavailability.
    @Property(tries = 12)
    void rollingUpdateKeepsItsBounds(
            @ForAll @IntRange(min = 1, max = 6) int replicas,
            @ForAll @IntRange(max = 3) int surge,
            @ForAll @IntRange(max = 3) int unavailable) {
        var strategy = "\"strategy\": {\"rollingUpdate\": {\"maxSurge\": %d, \"maxUnavailable\": %d}}"
                .formatted(surge, surge + unavailable == 0 ? 1 : unavailable);
        World.run(world -> {
            world.apply("apps", WEB, deployment("web:1", replicas, strategy));
            world.pause(20);
            var pods = World.path("", "pods");
            var from =
                    world.client().get(pods).text("metadata", "resourceVersion").orElseThrow();
            world.apply("apps", WEB, deployment("web:2", replicas, strategy));
            world.pause(60);
            assertThat(world.get("apps", WEB).whole("status", "updatedReplicas"))
                    .contains((long) replicas);
            int most = replicas + surge;
            int least = replicas - Math.min(replicas, surge + unavailable == 0 ? 1 : unavailable);
            var target = pods + "?watch=true&timeoutSeconds=1&resourceVersion=" + from;
            check(world, target, most, least, replicas);
        });
    }

    private static void check(World world, String target, int most, int least, int ready) {
        var seen = new TreeMap<String, Mapping>();
        int readyNow = ready;
        try (var stream = world.sandbox().direct().open(Request.get(target))) {
            for (var line = stream.nextLine(); line != null; line = stream.nextLine()) {
                var event = JsonReader.readObject(line);
                var pod = event.mapping("object");
                var name = pod.text("metadata", "name").orElseThrow();
                var before = seen.get(name);
                boolean was = before == null ? pod.text("spec", "containers").isEmpty() && isOld(pod) : counts(before);
                boolean is = counts(pod) && !event.text("type").orElse("").equals("DELETED");
                if (was && !is) readyNow--;
                if (!was && is) readyNow++;
                seen.put(name, event.text("type").orElse("").equals("DELETED") ? Mapping.EMPTY : pod);
                assertThat(readyNow).as("ready Pods").isGreaterThanOrEqualTo(least);
                long alive = seen.values().stream()
                        .filter(each -> !each.isEmpty() && !isOld(each))
                        .count();
                assertThat(alive).as("new Pods").isLessThanOrEqualTo(most);
            }
        }
    }

    private static boolean isOld(Mapping pod) {
        return pod.sequence("spec", "containers").mappings().stream()
                .anyMatch(container -> container.text("image").orElse("").equals("web:1"));
    }

    private static boolean counts(Mapping pod) {
        return condition(pod, "Ready").text("status").orElse("").equals("True")
                && !pod.mapping("metadata").has("deletionTimestamp");
    }

    @Test
    void crashesComeLaterAndLater() {
        World.run(world -> {
            world.apply("apps", WEB, deployment("web:fail-crash", 1, ""));
            world.pause(5);
            var pod = world.get("", "pods").sequence("items").mappings().getFirst();
            var status = pod.sequence("status", "containerStatuses").mappings().getFirst();
            assertThat(status.text("state", "waiting", "reason")).contains("CrashLoopBackOff");
            assertThat(status.whole("lastState", "terminated", "exitCode")).contains(1L);
            assertThat(status.whole("restartCount")).contains(0L);
            world.pause(11);
            assertThat(restarts(world)).isEqualTo(1);
            world.pause(10);
            assertThat(restarts(world)).isEqualTo(1);
            world.pause(10);
            assertThat(restarts(world)).isEqualTo(2);
            world.pause(3_600);
            assertThat(restarts(world)).isBetween(14L, 18L);
            assertThat(reason(world.get("apps", WEB), "Progressing")).isEqualTo("ProgressDeadlineExceeded");
        });
    }

    private static long restarts(World world) {
        return world.get("", "pods")
                .sequence("items")
                .mappings()
                .getFirst()
                .sequence("status", "containerStatuses")
                .mappings()
                .getFirst()
                .whole("restartCount")
                .orElse(-1L);
    }

    @Test
    void slowStartersStartSlowly() {
        World.run(world -> {
            world.apply("apps", WEB, deployment("web:slow", 1, ""));
            world.pause(25);
            assertThat(world.get("apps", WEB).whole("status", "readyReplicas")).isEmpty();
            world.pause(10);
            assertThat(world.get("apps", WEB).whole("status", "readyReplicas")).contains(1L);
        });
    }

    @Test
    void annotationsChooseTheFateOfPods() {
        World.run(world -> {
            world.apply("", "pods/p", """
                    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "annotations":
                     {"sandbox.holdfast.dev/pods": "fail-ready", "sandbox.holdfast.dev/start-seconds": "3"}},
                     "spec": {"containers": [{"name": "c", "image": "web:1"}]}}
                    """);
            world.pause(2);
            assertThat(world.get("", "pods/p").text("status", "phase")).contains("Pending");
            world.pause(3);
            assertThat(world.get("", "pods/p").text("status", "phase")).contains("Running");
            assertThat(condition(world.get("", "pods/p"), "Ready").text("status"))
                    .contains("False");
            world.merge("", "pods/p", "{\"metadata\": {\"annotations\": {\"sandbox.holdfast.dev/pods\": null}}}");
            world.pause(2);
            assertThat(condition(world.get("", "pods/p"), "Ready").text("status"))
                    .contains("True");
        });
    }

    @Test
    void anImageThatIsMendedIsPulled() {
        World.run(world -> {
            world.apply("apps", WEB, deployment("web:fail-pull", 1, ""));
            world.pause(700);
            assertThat(reason(world.get("apps", WEB), "Progressing")).isEqualTo("ProgressDeadlineExceeded");
            world.apply("apps", WEB, deployment("web:1", 1, ""));
            world.pause(5);
            assertThat(reason(world.get("apps", WEB), "Progressing")).isEqualTo("NewReplicaSetAvailable");
            assertThat(world.get("", "pods").sequence("items").size()).isEqualTo(1);
        });
    }

    @Test
    void readinessMustLastBeforeAPodIsAvailable() {
        World.run(world -> {
            world.apply("apps", WEB, deployment("web:1", 2, "\"minReadySeconds\": 30"));
            world.pause(10);
            assertThat(world.get("apps", WEB).whole("status", "readyReplicas")).contains(2L);
            assertThat(world.get("apps", WEB).whole("status", "availableReplicas"))
                    .isEmpty();
            world.pause(30);
            assertThat(world.get("apps", WEB).whole("status", "availableReplicas"))
                    .contains(2L);
        });
    }

    @Test
    void aStuckRolloutIsScaledInProportion() {
        World.run(world -> {
            var strategy = "\"strategy\": {\"rollingUpdate\": {\"maxSurge\": 3, \"maxUnavailable\": 2}}";
            world.apply("apps", WEB, deployment("web:1", 10, strategy));
            world.pause(20);
            world.apply("apps", WEB, deployment("web:fail-pull", 10, strategy));
            world.pause(20);
            assertThat(sizes(world)).containsExactly(5L, 8L);
            world.apply("apps", WEB, deployment("web:fail-pull", 15, strategy));
            world.pause(20);
            // as the documentation's example has it: 8 and 5 become 11 and 7
            assertThat(sizes(world)).containsExactly(7L, 11L);
        });
    }

    private static java.util.List<Long> sizes(World world) {
        return world.get("apps", "replicasets").sequence("items").mappings().stream()
                .map(set -> set.whole("spec", "replicas").orElse(0L))
                .sorted()
                .toList();
    }

    @Test
    void recreateHasNoTwoTemplatesAtOnce() {
        World.run(world -> {
            var strategy = "\"strategy\": {\"type\": \"Recreate\", \"rollingUpdate\": null}";
            world.apply("apps", WEB, deployment("web:1", 2, strategy));
            world.pause(10);
            var from = world.get("", "pods").text("metadata", "resourceVersion").orElseThrow();
            world.apply("apps", WEB, deployment("web:2", 2, strategy));
            world.pause(20);
            assertThat(world.get("apps", WEB).whole("status", "availableReplicas"))
                    .contains(2L);
            int old = 2;
            var target = World.path("", "pods") + "?watch=true&timeoutSeconds=1&resourceVersion=" + from;
            try (var stream = world.sandbox().direct().open(Request.get(target))) {
                for (var line = stream.nextLine(); line != null; line = stream.nextLine()) {
                    var event = JsonReader.readObject(line);
                    boolean gone = event.text("type").orElse("").equals("DELETED");
                    if (gone && isOld(event.mapping("object"))) old--;
                    if (!isOld(event.mapping("object"))) assertThat(old).isZero();
                }
            }
        });
    }

    @Test
    void failingJobsGiveUpAfterSoManyPods() {
        World.run(world -> {
            world.apply("batch", "jobs/j", job("web:fail-crash", "\"backoffLimit\": 2"));
            world.pause(5);
            assertThat(world.get("batch", "jobs/j").whole("status", "failed")).contains(1L);
            world.pause(120);
            var job = world.get("batch", "jobs/j");
            assertThat(job.whole("status", "failed")).contains(3L);
            assertThat(reason(job, "Failed")).isEqualTo("BackoffLimitExceeded");
            assertThat(reason(job, "FailureTarget")).isEqualTo("BackoffLimitExceeded");
        });
    }

    @Test
    void jobsRunSoManyPodsAtOnceAndGoWhenTheirTimeIsOver() {
        World.run(world -> {
            world.apply(
                    "batch",
                    "jobs/j",
                    job(
                            "web:1",
                            "\"completions\": 5, \"parallelism\": 2, \"completionMode\": \"Indexed\", "
                                    + "\"ttlSecondsAfterFinished\": 60"));
            world.pause(0.2);
            assertThat(world.get("batch", "jobs/j").whole("status", "active")).contains(2L);
            world.pause(10);
            var job = world.get("batch", "jobs/j");
            assertThat(job.whole("status", "succeeded")).contains(5L);
            assertThat(job.text("status", "completedIndexes")).contains("0-4");
            assertThat(reason(job, "Complete")).isEqualTo("CompletionsReached");
            world.pause(70);
            assertThat(world.get("batch", "jobs").sequence("items").size()).isZero();
            assertThat(world.get("", "pods").sequence("items").size()).isZero();
        });
    }

    private static String job(String image, String more) {
        return """
                {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "j"}, "spec": {%s,
                 "template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "%s"}]}}}}
                """.formatted(more, image);
    }

    @Test
    void newNodesGetTheirDaemonsAndWaitingPods() {
        World.run(world -> {
            world.apply("apps", "daemonsets/d", """
                    {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "d"}, "spec": {
                     "selector": {"matchLabels": {"app": "d"}}, "template": {"metadata": {"labels": {"app": "d"}},
                      "spec": {"containers": [{"name": "c", "image": "d:1"}]}}}}
                    """);
            world.apply("", "pods/p", """
                    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {
                     "nodeSelector": {"disk": "ssd"}, "containers": [{"name": "c", "image": "p:1"}]}}
                    """);
            world.pause(5);
            assertThat(world.get("apps", "daemonsets/d").whole("status", "numberReady"))
                    .contains(1L);
            assertThat(reason(world.get("", "pods/p"), "PodScheduled")).isEqualTo("Unschedulable");
            world.client().apply("/api/v1/nodes/second", """
                    {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "second", "labels": {"disk": "ssd"}}}
                    """);
            world.pause(5);
            assertThat(world.get("apps", "daemonsets/d").whole("status", "numberReady"))
                    .contains(2L);
            assertThat(world.get("", "pods/p").text("spec", "nodeName")).contains("second");
        });
    }

    @Test
    void stepsOfTimeAreTheTestsOwn() {
        var glacial = new Pace(
                java.time.Duration.ofHours(1),
                java.time.Duration.ofHours(1),
                java.time.Duration.ofHours(1),
                java.time.Duration.ofHours(1));
        World.run(7, glacial, world -> {
            world.apply("apps", WEB, deployment("web:1", 1, "\"progressDeadlineSeconds\": 7200"));
            world.pause(3_500);
            assertThat(world.get("apps", WEB).whole("status", "readyReplicas")).isEmpty();
            world.pause(200);
            assertThat(world.get("apps", WEB).whole("status", "readyReplicas")).contains(1L);
        });
    }

    @Test
    void oldEventsGo() {
        World.run(world -> {
            world.apply("apps", WEB, deployment("web:1", 1, ""));
            world.pause(10);
            assertThat(world.get("", "events").sequence("items").size()).isGreaterThan(4);
            world.pause(3_700);
            assertThat(world.get("", "events").sequence("items").size()).isZero();
        });
    }
}
