package dev.holdfast.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How the controllers are run.
record UpOptions(
        Access access,
        Optional<String> installation,
        String namespace,
        Optional<String> serviceAccount,
        Sources sources) {

    sealed interface Access {
        record ByKubeconfig(List<Path> files, String context) implements Access {
            public ByKubeconfig {
                files = List.copyOf(files);
            }
        }

        record InCluster() implements Access {}

        record InSandbox(Path kubeconfig, int port) implements Access {}
    }

    /// Which sources may be read, and where they are kept.
    record Sources(boolean http, boolean local, Path cache) {}
}
