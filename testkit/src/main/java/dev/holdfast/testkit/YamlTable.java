package dev.holdfast.testkit;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The recorded tables of what Kubernetes' tools make of a YAML text, and of how they print a value. The format is
/// told in the README beside them; it stands here once for the tests and for `./dev conformance`.
public final class YamlTable {

    private static final byte[] HEAD =
            "apiVersion: v1\nkind: X\nmetadata: {name: x}\n".getBytes(StandardCharsets.UTF_8);

    /// Reads the documents of a file, or throws {@link FaultException}.
    public interface Reading {
        List<Value> documents(String path, byte[] file);
    }

    /// Prints a value, or throws {@link FaultException}.
    public interface Printing {
        String text(Value value);
    }

    /// Which rules a table's rows are read by, or that they are about printing.
    public enum About {
        READING_AS_KUBECTL,
        READING_AS_KUSTOMIZE,
        PRINTING
    }

    private YamlTable() {}

    public static About about(Value table) {
        for (var row : rows(table)) {
            if (row.has("resolver")) {
                return row.text("resolver").equals(Optional.of("go-yaml-v3"))
                        ? About.READING_AS_KUSTOMIZE
                        : About.READING_AS_KUBECTL;
            }
        }
        return About.PRINTING;
    }

    /// Every row's text must read as the recorded value, and be refused where the tool refused it.
    public static Outcome read(Value table, Reading reading) {
        var failures = new ArrayList<Outcome.Failure>();
        var rows = rows(table);
        for (var row : rows) {
            var wanted = row.find("json");
            var found = row.text("mode").equals(Optional.of("body")) ? body(row, reading) : file(row, reading);
            if (!found.equals(wanted)) failures.add(failure(row, words(wanted), words(found)));
        }
        return new Outcome(rows.size(), failures);
    }

    /// Every row's value must print as the recorded text, and be refused where the tool refused it.
    public static Outcome print(Value table, Printing printing) {
        var failures = new ArrayList<Outcome.Failure>();
        var rows = rows(table);
        for (var row : rows) {
            var wanted = row.text("yaml");
            var found = printed(Mapping.of("v", row.find("json").orElseThrow()), printing);
            if (!found.equals(wanted)) failures.add(failure(row, wanted.orElse("an error"), found.orElse("an error")));
        }
        return new Outcome(rows.size(), failures);
    }

    private static List<Mapping> rows(Value table) {
        if (table instanceof Sequence rows) return rows.mappings();
        throw new IllegalArgumentException("a table is a list of rows");
    }

    private static Outcome.Failure failure(Mapping row, String wanted, String found) {
        return new Outcome.Failure(row.text("id").orElse("?"), wanted, found);
    }

    private static String words(Optional<Value> value) {
        return value.map(Value::toString).orElse("an error");
    }

    /// Without the three fields of the head; empty for an error.
    private static Optional<Value> body(Mapping row, Reading reading) {
        var text = new ByteArrayOutputStream();
        text.writeBytes(HEAD);
        text.writeBytes(input(row));
        return documents(text.toByteArray(), reading)
                .map(documents -> documents.getFirst())
                .map(document -> document instanceof Mapping object
                        ? object.without("apiVersion").without("kind").without("metadata")
                        : document);
    }

    /// All objects, those of a list among them; a document that is no object is an error of the tool.
    private static Optional<Value> file(Mapping row, Reading reading) {
        return documents(input(row), reading).flatMap(documents -> {
            var objects = new ArrayList<Value>();
            for (var document : documents) {
                if (!(document instanceof Mapping object)) return Optional.empty();
                if (object.text("kind").equals(Optional.of("List")))
                    object.sequence("items").forEach(objects::add);
                else objects.add(object);
            }
            return Optional.of(Value.of(objects));
        });
    }

    private static byte[] input(Mapping row) {
        return row.text("inputBase64")
                .map(Base64.getDecoder()::decode)
                .orElseGet(() -> row.text("input").orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<List<Value>> documents(byte[] file, Reading reading) {
        try {
            return Optional.of(reading.documents("input.yaml", file));
        } catch (FaultException refused) {
            return Optional.empty();
        }
    }

    private static Optional<String> printed(Value value, Printing printing) {
        try {
            return Optional.of(printing.text(value));
        } catch (FaultException refused) {
            return Optional.empty();
        }
    }
}
