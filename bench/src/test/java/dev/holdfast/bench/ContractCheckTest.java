package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cluster.fabric8.Fabric8Transport;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.runtime.VirtualThreadTasks;
import dev.holdfast.sandbox.Kubeconfig;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.sandbox.controller.Controllers.Pace;
import dev.holdfast.sandbox.door.HttpDoor;
import dev.holdfast.testkit.KubernetesApiContract;
import dev.holdfast.testkit.OneTask;
import dev.holdfast.testkit.api.ContractServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract over HTTPS with a kubeconfig, as anybody runs it on a cluster.
@Tag("slow")
class ContractCheckTest {

    private static final Pace FAST =
            new Pace(Duration.ofMillis(30), Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(20));

    @TempDir
    Path folder;

    private VirtualThreadTasks tasks;
    private Sandbox sandbox;

    @BeforeEach
    void open() throws IOException {
        tasks = new VirtualThreadTasks(Duration.ofSeconds(20), (_, _) -> {});
        sandbox = Sandbox.start(SandboxOptions.inMemory(21).withPace(FAST), tasks);
        var door = sandbox.listen(HttpDoor.Options.loopback(0).over(HttpDoor.Wire.TLS));
        Kubeconfig.write(folder.resolve("config"), door, sandbox.adminToken());
    }

    @AfterEach
    void close() {
        sandbox.close();
        tasks.close();
    }

    private ContractCheck.Options options(String... more) {
        var flags = new String[more.length + 2];
        flags[0] = "--kubeconfig";
        flags[1] = folder.resolve("config").toString();
        System.arraycopy(more, 0, flags, 2, more.length);
        return ContractCheck.Options.parse(flags);
    }

    @Nested
    class OverHttp extends KubernetesApiContract {
        private ApiTransport api;

        @BeforeEach
        void connect() {
            var given = options();
            api = Fabric8Transport.fromKubeconfig(List.of(given.kubeconfig()), "");
        }

        @AfterEach
        void disconnect() {
            api.close();
        }

        @Override
        protected ContractServer server() {
            return ContractCheck.server(api, tasks, options("--image", "pause:3", "--has", "loadbalancer,ingress"));
        }

        @Override
        protected void run(Runnable body) {
            OneTask.run(tasks, body);
        }
    }

    @Test
    void theReportCountsAndNothingIsLeftBehind() {
        var text = new ByteArrayOutputStream();
        var out = new PrintStream(text, true, StandardCharsets.UTF_8);
        int code = ContractCheck.run(options("--only", "create,workloads"), out);
        assertThat(text.toString(StandardCharsets.UTF_8))
                .containsPattern("skipped workloads: .*\n    the server has no image")
                .containsPattern("\\d+ passed, 0 failed, \\d+ skipped");
        assertThat(code).isZero();
        assertThat(sandbox.log().count("delete", "namespaces"))
                .isEqualTo(sandbox.log().count("create", "namespaces"));
    }

    @Test
    void flagsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> options("--nonsense", "x")).hasMessageContaining("--nonsense");
        assertThatThrownBy(() -> ContractCheck.Options.parse("--image", "x")).hasMessageContaining("--kubeconfig");
    }
}
