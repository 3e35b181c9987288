package dev.holdfast.bench;

import dev.holdfast.yaml.JsonWriter;
import java.util.Arrays;

/// `./dev bench NAME`.
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        var name = arguments.length == 0 ? "help" : arguments[0];
        var flags = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        switch (name) {
            case "converge" -> {
                var options = ConvergeOptions.parse(flags);
                System.out.println(JsonWriter.text(new ConvergeBench(options).run()));
                System.exit(0);
            }
            case "poison" -> {
                var options = PoisonOptions.parse(flags);
                System.out.println(JsonWriter.text(new PoisonBench(options).run()));
                System.exit(0);
            }
            case "sandbox" -> {
                System.out.println(JsonWriter.text(new SandboxBench(SandboxBenchOptions.parse(flags)).run()));
                System.exit(0);
            }
            case "render" -> {
                System.out.println(JsonWriter.text(new RenderBench().run()));
                System.exit(0);
            }
            case "help", "--help" -> help();
            default -> {
                System.err.println("there is no benchmark " + name);
                help();
                System.exit(2);
            }
        }
    }

    private static void help() {
        System.out.println("""
                ./dev bench converge [--apps N] [--objects 4] [--idle SECONDS] [--kubeconfig FILE] [--json]
                    N apps of one repository, a directory each, in ten namespaces: how long from creating the Apps until all
                    are ready, against a bare client that only sends the applies; requests, memory, CPU, and latencies.
                    Runs against a sandbox in another process, or any cluster given.
                ./dev bench poison [--apps 200] [--rounds 10] [--json]
                    From commit to live for N good apps: alone, beside one poisoned app (objects that are all refused,
                    a bomb of nine megabytes, a repository that never answers), beside all three, and alone again.
                ./dev bench sandbox [--only start,direct,http,memory,worlds] [--apps 2000] [--config-maps 100000] [--worlds 1000] [--json]
                    The sandbox alone: start, server-side applies by direct calls and over HTTP with 16 clients, memory
                    for many ConfigMaps of 2 KB, many worlds created, used and dropped.
                ./dev bench render [--json]
                    Kustomize: a small overlay and 400 objects, warm, beside a fork of kubectl kustomize where there is
                    one; five megabytes of YAML; what a second thread is worth.
                """);
    }
}
