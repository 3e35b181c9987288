package dev.holdfast.bench;

import java.util.List;

/// @param only the measurements that are made; all where it is empty
/// @param warmUp apps that are applied before anything is measured
record SandboxBenchOptions(List<String> only, int apps, int warmUp, int configMaps, int worlds) {

    static SandboxBenchOptions parse(String... flags) {
        var only = List.<String>of();
        int apps = 2_000;
        int warmUp = 2_000;
        int configMaps = 100_000;
        int worlds = 1_000;
        for (int i = 0; i < flags.length; i++) {
            switch (flags[i]) {
                case "--only" -> only = List.of(flags[++i].split(","));
                case "--apps" -> apps = Integer.parseInt(flags[++i]);
                case "--warm-up" -> warmUp = Integer.parseInt(flags[++i]);
                case "--config-maps" -> configMaps = Integer.parseInt(flags[++i]);
                case "--worlds" -> worlds = Integer.parseInt(flags[++i]);
                case "--json" -> {}
                default -> throw new IllegalArgumentException("bench sandbox does not know " + flags[i]);
            }
        }
        return new SandboxBenchOptions(only, apps, warmUp, configMaps, worlds);
    }

    boolean measures(String what) {
        return only.isEmpty() || only.contains(what);
    }
}
