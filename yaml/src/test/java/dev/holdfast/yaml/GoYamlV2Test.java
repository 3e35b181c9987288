package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.SharedCases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every recorded row of kubectl's reading, value by value; errors must be errors.
class GoYamlV2Test {

    private static final String HEAD = "apiVersion: v1\nkind: X\nmetadata: {name: x}\n";

    @Test
    void readsEveryRecordedTextAsKubectlDoes() throws IOException {
        var table = Files.readAllBytes(SharedCases.find("conformance/yaml/go-yaml-v2.json"));
        var failures = new ArrayList<String>();
        var rows = ((Sequence) JsonReader.read(table)).mappings();
        for (var row : rows) check(row, failures);

        System.out.println(
                "go-yaml-v2: " + (rows.size() - failures.size()) + " passed, " + failures.size() + " failed");
        assertThat(rows).hasSizeGreaterThan(400);
        assertThat(failures).isEmpty();
    }

    /// Numbers as text: a comparison of values would hide how they are printed.
    @Test
    void printsEveryRecordedNumberAsKubectlDoes() throws IOException {
        var lines = Files.readAllLines(SharedCases.find("conformance/yaml/go-yaml-v2.json"));
        var number = Pattern.compile("\"json\": \\{\"v\": ([-+0-9.eE]+)}}");
        int seen = 0;
        for (var line : lines) {
            var wanted = number.matcher(line);
            if (!wanted.find()) continue;
            var row = JsonReader.readObject(
                    line.substring(0, line.lastIndexOf('}') + 1).getBytes(StandardCharsets.UTF_8));
            assertThat(body(input(row))).as(line).isEqualTo("{\"v\":" + wanted.group(1) + "}");
            seen++;
        }
        System.out.println("go-yaml-v2, numbers as text: " + seen + " passed, 0 failed");
        assertThat(seen).isGreaterThan(50);
    }

    private static void check(Mapping row, List<String> failures) {
        boolean body = row.text("mode").orElseThrow().equals("body");
        var wanted = row.find("json").map(JsonWriter::textSorted).orElse("error");
        var found = body ? body(input(row)) : file(input(row));
        if (!found.equals(wanted) && !(wanted.equals("error") && found.startsWith("error: "))) {
            failures.add(row.text("id").orElseThrow() + ": wanted " + wanted + ", found " + found);
        }
    }

    private static byte[] input(Mapping row) {
        return row.text("inputBase64")
                .map(Base64.getDecoder()::decode)
                .orElseGet(() -> row.text("input").orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    private static String body(byte[] input) {
        return read(HEAD + new String(input, StandardCharsets.UTF_8), documents -> {
            var document = (Mapping) documents.getFirst();
            return document.without("apiVersion").without("kind").without("metadata");
        });
    }

    private static String file(byte[] input) {
        return found(() -> YamlReader.go2().documents("input.yaml", input, Limits.FILE), documents -> {
            var objects = new ArrayList<Value>();
            for (var document : documents) {
                if (!(document instanceof Mapping mapping)) return Value.of("error");
                if (mapping.text("kind").equals(java.util.Optional.of("List"))) {
                    mapping.sequence("items").forEach(objects::add);
                } else objects.add(mapping);
            }
            return Value.of(objects);
        });
    }

    private interface Reading {
        List<Value> documents();
    }

    private interface View {
        Value of(List<Value> documents);
    }

    private static String read(String text, View view) {
        return found(() -> YamlReader.go2().documents("input.yaml", text, Limits.FILE), view);
    }

    private static String found(Reading reading, View view) {
        try {
            var value = view.of(reading.documents());
            return value.equals(Value.of("error")) ? "error: not a map" : JsonWriter.textSorted(value);
        } catch (FaultException refused) {
            return "error: " + refused.fault().sentence();
        }
    }
}
