package dev.holdfast.bench;

import java.nio.file.Path;
import java.util.Optional;

/// @param idle seconds of watching that nothing is asked when nothing changes
public record ConvergeOptions(int apps, int objects, int idle, int concurrency, Optional<Path> kubeconfig) {

    static ConvergeOptions parse(String... flags) {
        int apps = 1000;
        int objects = 4;
        int idle = 300;
        int concurrency = 16;
        Optional<Path> kubeconfig = Optional.empty();
        for (int i = 0; i < flags.length; i++) {
            switch (flags[i]) {
                case "--apps" -> apps = Integer.parseInt(flags[++i]);
                case "--objects" -> objects = Integer.parseInt(flags[++i]);
                case "--idle" -> idle = Integer.parseInt(flags[++i]);
                case "--concurrency" -> concurrency = Integer.parseInt(flags[++i]);
                case "--kubeconfig" -> kubeconfig = Optional.of(Path.of(flags[++i]));
                case "--json" -> {}
                default -> throw new IllegalArgumentException("bench converge does not know " + flags[i]);
            }
        }
        return new ConvergeOptions(apps, objects, idle, concurrency, kubeconfig);
    }
}
