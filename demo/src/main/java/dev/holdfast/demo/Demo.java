package dev.holdfast.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// `./dev demo`: starts everything and tells what to type; `--once`: plays the story and checks each step.
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Files.createTempDirectory("holdfast-demo-");
        System.exit(run(folder, List.of(arguments)));
    }

    private static int run(Path folder, List<String> arguments) {
        int failed = 1;
        try (var world = Surroundings.start(folder)) {
            failed = arguments.contains("--once") ? play(world) : show(world);
        } catch (RuntimeException | AssertionError wrong) {
            System.err.println("the demo did not start: " + wrong.getMessage() + "\nits logs are in " + folder);
        }
        if (failed == 0) remove(folder);
        return failed == 0 ? 0 : 1;
    }

    private static int play(Surroundings world) {
        int passed = 0;
        int failed = 0;
        for (var step : new Story(world).steps()) {
            try {
                var seen = step.play().run();
                passed++;
                System.out.println("✔ " + step.title() + "\n    " + seen);
            } catch (RuntimeException | AssertionError wrong) {
                failed++;
                System.out.println("✗ " + step.title() + "\n    " + wrong.getMessage());
                System.out.println(world.logs().indent(4));
            }
        }
        System.out.println("demo: " + passed + " passed, " + failed + " failed");
        if (failed > 0) System.out.println("the logs are in " + world.folder());
        return failed;
    }

    private static int show(Surroundings world) {
        world.install(List.of("web", "worker", "settings"));
        System.out.println("""
                Holdfast keeps three apps of %s equal to a cluster in this sandbox.
                In a second terminal, in this folder:

                  export KUBECONFIG=%s
                  export APPS_GIT=%s
                  kubectl get happ -n shop
                  ./holdfast get apps -n shop
                  kubectl edit configmap greeting -n shop        # …and see it put back
                  kubectl get events -n shop
                  git clone "$APPS_GIT" shop                     # change something below apps/, commit, push
                  ./holdfast why web -n shop

                All of it step by step: docs/tutorial/first-app.md
                Ctrl-C ends it all and leaves nothing behind.
                """.formatted(world.gitUrl(), world.kubeconfig(), world.gitUrl()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(world)));
        Eventually.pause(Duration.ofDays(365));
        return 0;
    }

    private static void end(Surroundings world) {
        world.close();
        remove(world.folder());
    }

    private static void remove(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException left) {
            System.err.println("left behind: " + folder + " (" + left.getMessage() + ")");
        }
    }
}
