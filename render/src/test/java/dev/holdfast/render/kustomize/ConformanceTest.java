package dev.holdfast.render.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.yaml.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Every case recorded from Kustomize's own integration tests gives the recorded output, byte for byte.
class ConformanceTest {

    @Test
    void everyRecordedCaseGivesTheRecordedOutput() throws IOException {
        var folder = SharedCases.find("conformance/kustomize");
        var failed = new ArrayList<String>();
        int passed = 0;
        try (var cases = Files.list(folder)) {
            for (var each : cases.filter(Files::isDirectory).sorted().toList()) {
                var difference = difference(each);
                if (difference.isEmpty()) passed++;
                else failed.add(each.getFileName() + ": " + difference.get());
            }
        }
        System.out.println("kustomize cases: " + passed + " passed, " + failed.size() + " failed");
        assertThat(failed).isEmpty();
    }

    private static Optional<String> difference(Path folder) throws IOException {
        var settings = JsonReader.readObject(Files.readAllBytes(folder.resolve("case.json")));
        var target = settings.text("target").orElse("");
        String found;
        try {
            found = CaseFolders.built(CaseFolders.load(folder.resolve("in")), target, options(settings));
        } catch (FaultException fault) {
            return refused(folder, settings, fault);
        }
        if (!settings.text("expect").orElse("").equals("yaml")) return Optional.of("built, though it is an error");
        var wanted = Files.readString(folder.resolve("expected.yaml"));
        return found.equals(wanted) ? Optional.empty() : Optional.of("\n--- wanted\n" + wanted + "--- found\n" + found);
    }

    private static KustomizeOptions options(Mapping settings) {
        var order = settings.text("options", "sortOrder").orElse("");
        var options = order.equals("none") ? KustomizeOptions.LIBRARY : KustomizeOptions.COMMAND_LINE;
        boolean anywhere = settings.text("options", "loadRestrictor").orElse("").equals("none");
        return anywhere ? options.with(KustomizeOptions.Loading.ANYWHERE) : options;
    }

    private static Optional<String> refused(Path folder, Mapping settings, FaultException fault) throws IOException {
        var message = fault.fault().explanation().message();
        if (!settings.text("expect").orElse("").equals("error")) return Optional.of("refused: " + fault.getMessage());
        var wanted = Files.readString(folder.resolve("error.txt")).strip();
        boolean fits =
                switch (settings.text("errorMatch").orElse("any")) {
                    case "contains" -> message.contains(wanted);
                    case "equals" -> message.equals(wanted);
                    default -> true;
                };
        return fits ? Optional.empty() : Optional.of("wanted '" + wanted + "', found '" + message + "'");
    }
}
