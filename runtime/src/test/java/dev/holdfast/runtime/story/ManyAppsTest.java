package dev.holdfast.runtime.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sandbox.trouble.RequestLog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many apps of one repository: what each costs, and what a commit costs that touches one of them.
class ManyAppsTest {

    private static final int APPS = 60;

    private static boolean ours(RequestLog.Entry request) {
        return request.user().equals("kubernetes-admin")
                && !request.verb().equals("watch")
                && !request.resource().startsWith("leases");
    }

    private static boolean allReady(Stage stage) {
        for (int i = 0; i < APPS; i++) if (!stage.ready("app-" + i)) return false;
        return true;
    }

    @Test
    @Tag("slow")
    void anObjectCostsAtMostTwoAndAHalfRequestsAndAForeignCommitNone() {
        Stage.play(41, stage -> {
            var files = new LinkedHashMap<String, String>();
            for (int i = 0; i < APPS; i++) files.putAll(Files.fourObjects("app-" + i, "app-" + i));
            stage.commit("first", files);
            for (int i = 0; i < APPS; i++) stage.app("app-" + i, "app-" + i);
            stage.sandbox.log().reset();
            stage.start();
            stage.eventually("all are ready", () -> allReady(stage));
            stage.pass(Duration.ofSeconds(30));
            var first =
                    stage.sandbox.log().by(request -> request.verb() + " " + request.resource(), ManyAppsTest::ours);
            long sum = first.values().stream().mapToLong(Long::longValue).sum();
            assertThat(sum / (4.0 * APPS)).as(first::toString).isLessThanOrEqualTo(2.5);

            stage.sandbox.log().reset();
            stage.commit("one", Map.of("app-7/config.yaml", Files.configMap("app-7", "two")));
            stage.sync("app-3");
            stage.eventually(
                    "it rolls out",
                    Duration.ofSeconds(5),
                    () -> stage.find(dev.holdfast.runtime.home.Kinds.CONFIG_MAPS, "app-7")
                            .orElseThrow()
                            .toString()
                            .contains("two"));
            stage.pass(Duration.ofSeconds(30));
            var names =
                    stage.sandbox.log().by(RequestLog.Entry::name, request -> ours(request) && Stage.write(request));
            assertThat(names.keySet())
                    .allMatch(name -> name.isEmpty()
                            || name.contains("app-7")
                            || name.contains("app-3")
                            || name.startsWith("holdfast-inventory-"));
            assertThat(names.values().stream().mapToLong(Long::longValue).sum()).isLessThanOrEqualTo(12);
        });
    }
}
