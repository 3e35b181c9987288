package dev.holdfast.bench;

import dev.holdfast.testkit.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `./dev conformance yaml|kustomize [DIR] [-v]`: replays recorded cases of the real tools and says how many come
/// out the same. Exit code 1 where one does not.
public final class Conformance {

    private static final int USAGE = 2;

    private Conformance() {}

    public static void main(String[] arguments) throws IOException {
        var words = new ArrayList<>(List.of(arguments));
        boolean verbose = words.remove("-v") | words.remove("--verbose");
        if (words.isEmpty() || words.size() > 2) throw usage();
        var folder = Path.of(words.size() == 2 ? words.get(1) : "../shared/conformance/" + words.getFirst());
        if (!Files.isDirectory(folder)) {
            System.err.println("there is no directory " + folder + "; the recorded cases lie beside the repository");
            System.exit(USAGE);
        }
        var outcome = switch (words.getFirst()) {
            case "yaml" -> YamlCases.in(folder);
            case "kustomize" -> KustomizeCases.in(folder);
            default -> throw usage();
        };
        for (var failure : outcome.failures()) print(failure, verbose ? Detail.DIFFERENCE : Detail.NAME);
        System.out.println(outcome.sentence());
        System.exit(outcome.failures().isEmpty() && outcome.cases() > 0 ? 0 : 1);
    }

    private enum Detail {
        NAME,
        DIFFERENCE
    }

    private static void print(Outcome.Failure failure, Detail detail) {
        System.out.println("failed: " + failure.name());
        if (detail == Detail.NAME) return;
        System.out.println("--- wanted");
        System.out.println(failure.wanted().stripTrailing());
        System.out.println("--- found");
        System.out.println(failure.found().stripTrailing());
        System.out.println("---");
    }

    private static IllegalArgumentException usage() {
        System.err.println("./dev conformance yaml|kustomize [DIR] [-v]");
        System.exit(USAGE);
        return new IllegalArgumentException();
    }
}
