package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.testkit.YamlTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every recorded row of kubectl's reading, value by value; errors must be errors.
class GoYamlV2Test {

    private static final String HEAD = "apiVersion: v1\nkind: X\nmetadata: {name: x}\n";

    @Test
    void readsEveryRecordedTextAsKubectlDoes() throws IOException {
        var table = JsonReader.read(Files.readAllBytes(SharedCases.find("conformance/yaml/go-yaml-v2.json")));
        var outcome = YamlTable.read(table, (path, file) -> YamlReader.go2().documents(path, file, Limits.FILE));

        System.out.println("go-yaml-v2: " + outcome.sentence());
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.cases()).isGreaterThan(400);
    }

    /// Tried with kubectl 1.32.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v: 0b-1                      | {"v":-1}
            v: 0o-7                      | {"v":"0o-7"}
            v: ! 0644                    | {"v":"0644"}
            v: 2001-01-01T01:02:03,5Z    | {"v":"2001-01-01T01:02:03,5Z"}
            """)
    void readsAsKubectlDoes(String text, String json) {
        assertThat(body((text + "\n").getBytes(StandardCharsets.UTF_8))).isEqualTo(json);
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

    private static byte[] input(Mapping row) {
        return row.text("inputBase64")
                .map(Base64.getDecoder()::decode)
                .orElseGet(() -> row.text("input").orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    private static String body(byte[] input) {
        var text = HEAD + new String(input, StandardCharsets.UTF_8);
        var document = (Mapping)
                YamlReader.go2().documents("input.yaml", text, Limits.FILE).getFirst();
        return JsonWriter.textSorted(
                document.without("apiVersion").without("kind").without("metadata"));
    }
}
