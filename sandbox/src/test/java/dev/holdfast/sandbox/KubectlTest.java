package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sandbox.door.HttpDoor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A day's work with kubectl. Skipped where kubectl is missing, except in CI.
@Tag("slow")
class KubectlTest {

    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: c, image: "nginx:1"}]}
            """;

    @TempDir
    Path folder;

    private record Ran(int code, String output) {}

    private Ran kubectl(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("kubectl", "--cache-dir", folder.resolve("cache").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", folder.resolve("config").toString());
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), output);
    }

    private String works(String... words) throws IOException, InterruptedException {
        var ran = kubectl(words);
        assertThat(ran.code()).as(String.join(" ", words) + ": " + ran.output()).isZero();
        return ran.output();
    }

    private static boolean present() {
        try {
            return new ProcessBuilder("kubectl", "version", "--client")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void kubectlDoesItsUsualWork() throws IOException, InterruptedException {
        boolean present = present();
        if ("true".equals(System.getenv("CI")))
            assertThat(present).as("kubectl is there in CI").isTrue();
        Assumptions.assumeTrue(present, "skipped: kubectl is not installed");
        var file = Files.writeString(folder.resolve("web.yaml"), WEB).toString();
        try (var sandbox = Sandbox.start(SandboxOptions.inMemory(3), new ThreadTasks())) {
            var door = sandbox.listen(HttpDoor.Options.loopback(0).over(HttpDoor.Wire.TLS));
            Kubeconfig.write(folder.resolve("config"), door, sandbox.adminToken());
            assertThat(works("apply", "-f", file)).contains("deployment.apps/web created");
            works("rollout", "status", "deploy/web", "--timeout=60s");
            assertThat(works("get", "deploy", "web")).contains("2/2");
            works("diff", "-f", file);
            works("scale", "deploy/web", "--replicas=1");
            works("label", "deploy/web", "tier=front");
            works("patch", "deploy/web", "-p", "{\"spec\":{\"minReadySeconds\":0}}");
            works("wait", "--for=condition=Available", "deploy/web", "--timeout=60s");
            assertThat(kubectl("diff", "-f", file).code()).isEqualTo(1);
            works("apply", "--server-side", "--force-conflicts", "-f", file);
            assertThat(works("explain", "deployment.spec.replicas")).contains("integer");
            assertThat(works("auth", "can-i", "create", "pods")).contains("yes");
            assertThat(kubectl("auth", "can-i", "get", "pods", "--as", "jane").output())
                    .contains("no");
            works("create", "namespace", "team");
            assertThat(works("create", "token", "default")).isNotBlank();
            assertThat(works("get", "deploy", "-w", "--request-timeout=2s")).contains("web");
            works("delete", "deploy", "web", "--timeout=60s");
            works("delete", "namespace", "team", "--timeout=60s");
            assertThat(sandbox.log().count("delete", "deployments.apps")).isEqualTo(1);
        }
    }
}
