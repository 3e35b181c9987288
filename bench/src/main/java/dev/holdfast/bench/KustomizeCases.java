package dev.holdfast.bench;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.render.kustomize.Kustomize;
import dev.holdfast.render.kustomize.KustomizeOptions;
import dev.holdfast.render.kustomize.KustomizeResult;
import dev.holdfast.testkit.Outcome;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The directories of a folder, each a case: `in/`, `case.json`, and `expected.yaml` or `error.txt`, in the format
/// that the README beside the recorded cases tells.
final class KustomizeCases {

    private final Path folder;
    private final Mapping settings;

    private KustomizeCases(Path folder, Mapping settings) {
        this.folder = folder;
        this.settings = settings;
    }

    static Outcome in(Path folder) throws IOException {
        var failures = new ArrayList<Outcome.Failure>();
        int cases = 0;
        for (var each : directories(folder)) {
            var settings = JsonReader.readObject(Files.readAllBytes(each.resolve("case.json")));
            var failure = new KustomizeCases(each, settings).failure();
            cases++;
            failures.addAll(failure);
        }
        return new Outcome(cases, failures);
    }

    private static List<Path> directories(Path folder) throws IOException {
        try (var found = Files.list(folder)) {
            return found.filter(each -> Files.exists(each.resolve("case.json")))
                    .sorted()
                    .toList();
        }
    }

    /// At most one.
    private List<Outcome.Failure> failure() throws IOException {
        boolean error = settings.text("expect").orElse("yaml").equals("error");
        var wanted = Files.readString(folder.resolve(error ? "error.txt" : "expected.yaml"));
        try {
            var found = built();
            if (!error && found.equals(wanted)) return List.of();
            return List.of(failed(error ? "an error: " + wanted : wanted, found));
        } catch (FaultException refused) {
            var said = refused.fault().sentence();
            if (error && fits(refused, wanted.strip())) return List.of();
            return List.of(failed(wanted, "an error: " + said));
        }
    }

    private Outcome.Failure failed(String wanted, String found) {
        return new Outcome.Failure(String.valueOf(folder.getFileName()), wanted, found);
    }

    private boolean fits(FaultException refused, String wanted) {
        var message = refused.fault().explanation().message();
        return switch (settings.text("errorMatch").orElse("any")) {
            case "equals" -> message.equals(wanted);
            case "contains" -> message.contains(wanted);
            default -> true;
        };
    }

    private String built() throws IOException {
        var files = FileMap.read(folder.resolve("in"));
        var directory = settings.text("target").orElse("");
        return switch (Kustomize.build(files, directory, options())) {
            case KustomizeResult.Built(var objects) ->
                objects.stream().map(YamlWriter::text).collect(Collectors.joining("---\n"));
            case KustomizeResult.Needs(var bases) -> "needs " + bases;
        };
    }

    private KustomizeOptions options() {
        var order = settings.text("options", "sortOrder").orElse("none");
        var options = order.equals("none") ? KustomizeOptions.LIBRARY : KustomizeOptions.COMMAND_LINE;
        boolean anywhere = settings.text("options", "loadRestrictor").orElse("").equals("none");
        return anywhere ? options.with(KustomizeOptions.Loading.ANYWHERE) : options;
    }
}
