package dev.holdfast.testkit.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Reads the cases. A file has a default `source` and a list `cases`; a case with a table `for` stands for as many
/// cases as the table has rows.
public final class CaseFiles {

    private final Notation notation;

    public CaseFiles(Notation notation) {
        this.notation = notation;
    }

    /// Every case of every file that `index.txt` names.
    public List<ContractCase> all() {
        var cases = new ArrayList<ContractCase>();
        for (var name : new String(resource("index.txt"), StandardCharsets.UTF_8).split("\n")) {
            if (!name.isBlank()) cases.addAll(read(name.strip()));
        }
        return cases;
    }

    private static byte[] resource(String name) {
        try (var stream = CaseFiles.class.getResourceAsStream(name)) {
            if (stream == null) throw new IllegalStateException("there is no file of cases " + name);
            return stream.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private List<ContractCase> read(String name) {
        var file = notation.yaml(name + ".yaml", resource(name + ".yaml"));
        var cases = new ArrayList<ContractCase>();
        for (var each : file.sequence("cases").mappings()) {
            var rows = each.sequence("for").mappings();
            for (var row : rows.isEmpty() ? List.of(Mapping.EMPTY) : rows) {
                cases.add(one(name, file, cases.size() + 1, filled(each.without("for"), row)));
            }
        }
        return cases;
    }

    private static Mapping filled(Mapping each, Mapping row) {
        var words = new LinkedHashMap<String, Value>();
        for (var field : row) words.put(field.key(), field.value());
        return new Words(words).filled(each) instanceof Mapping filled ? filled : each;
    }

    private static ContractCase one(String name, Mapping file, int number, Mapping each) {
        var source = each.text("source").or(() -> file.text("source")).orElse("");
        var needs = new ArrayList<String>();
        for (var list : List.of(file.sequence("needs"), each.sequence("needs"))) {
            for (var need : list) needs.add(need.toString());
        }
        var steps = new ArrayList<Mapping>();
        flatten(file.sequence("first"), steps);
        flatten(each.sequence("steps"), steps);
        if (steps.isEmpty()) throw new IllegalStateException(name + ": a case without steps: " + each);
        return new ContractCase(name, number, each.text("name").orElseThrow(), source, needs, steps);
    }

    /// A list among the steps, which comes from a YAML alias, stands for its own steps.
    private static void flatten(Sequence given, List<Mapping> steps) {
        for (var step : given) {
            switch (step) {
                case Mapping mapping -> steps.add(mapping);
                case Sequence more -> flatten(more, steps);
                default -> throw new IllegalStateException("no step: " + step);
            }
        }
    }
}
