package dev.holdfast.bench;

import dev.holdfast.demo.ChildProcess;
import dev.holdfast.demo.JavaFlags;
import java.nio.file.Path;
import java.util.List;

/// The program under test, in a process of its own, with the flags that `./holdfast up` gives it.
final class HoldfastProcess {

    private HoldfastProcess() {}

    /// Waits until it has installed its definition.
    static ChildProcess start(Path folder, ApiServer server, BareClient client) {
        var process = ChildProcess.start(
                new ChildProcess.Program(
                        "holdfast up",
                        "dev.holdfast.server.Main",
                        JavaFlags.and(JavaFlags.UP, "-Xmx256m"),
                        List.of(
                                "up",
                                "--kubeconfig",
                                server.kubeconfig().toString(),
                                "--cache",
                                folder.resolve("cache").toString())),
                folder.resolve("holdfast.log"));
        Pause.until("Holdfast installs its definition", () -> {
            if (!process.alive()) throw new IllegalStateException(process.tail());
            return client.answers(Apps.ALL);
        });
        return process;
    }
}
