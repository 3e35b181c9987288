package dev.holdfast.server;

import dev.holdfast.runtime.VirtualThreadTasks;
import dev.holdfast.sandbox.Kubeconfig;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.sandbox.door.HttpDoor;
import dev.holdfast.sandbox.realm.AdjustableTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `sandbox`: a Kubernetes API on this machine.
@Command(
        name = "sandbox",
        description = "Run a Kubernetes API on this machine, without a cluster: 127.0.0.1 only.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  holdfast sandbox --port 8001 --kubeconfig sandbox.kubeconfig"})
final class SandboxCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "port to listen on (default: a free one)")
    private int port;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            required = true,
            description = "where to write a kubeconfig for it")
    @SuppressWarnings("NullAway.Init") // picocli refuses to run without it
    private Path kubeconfig;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "keep everything in this folder (default: in memory only)")
    private @Nullable Path data;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "seed of uids and generated names (default: the time)")
    private long seed;

    @Option(
            names = "--plain-http",
            description = "write a kubeconfig without TLS (kubectl then sends no token; for measuring)")
    private boolean plain;

    @Override
    public Integer call() throws IOException {
        var tasks = new VirtualThreadTasks(
                Duration.ofSeconds(5), (name, failure) -> System.err.println(name + " failed: " + failure));
        var lifetime = new Lifetime(tasks);
        lifetime.open(tasks);
        var options = SandboxOptions.inMemory(seed == 0 ? System.nanoTime() : seed);
        var sandbox = lifetime.open(
                Sandbox.start(data == null ? options : options.withData(data), new AdjustableTime(tasks)));
        var door =
                sandbox.listen(HttpDoor.Options.loopback(port).over(plain ? HttpDoor.Wire.PLAIN : HttpDoor.Wire.TLS));
        Kubeconfig.write(kubeconfig, door, sandbox.adminToken());
        System.err.println("sandbox: " + door.url() + ", kubeconfig " + kubeconfig);
        lifetime.await(() -> false);
        return 0;
    }
}
