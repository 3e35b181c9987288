package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.testkit.YamlTable;
import java.io.IOException;
import java.nio.file.Files;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class YamlWriterTest {

    @Test
    void printsEveryRecordedValueAsKubectlDoes() throws IOException {
        var table = JsonReader.read(Files.readAllBytes(SharedCases.find("conformance/yaml/emitter.json")));
        var outcome = YamlTable.print(table, YamlWriter::text);

        System.out.println("emitter: " + outcome.sentence());
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.cases()).isGreaterThan(300);
    }

    /// Go reads these as points in time, so kubectl puts them in quotes.
    @Test
    void quotesWhatGoTakesForAPointInTime() {
        assertThat(YamlWriter.text(Value.of("2001-01-01T1:02:03Z"))).startsWith("\"");
        assertThat(YamlWriter.text(Value.of("2001-01-01T01:02:03,5Z"))).startsWith("\"");
        assertThat(YamlWriter.text(Value.of("2001-01-01T01:02:03"))).doesNotStartWith("\"");
        assertThat(YamlWriter.text(Value.of("2001-01-01 01:02:03Z"))).doesNotStartWith("\"");
        assertThat(YamlWriter.text(Value.of("2001-01-01T01:02:03.Z"))).doesNotStartWith("\"");
    }

    @Property(tries = 1_000)
    void whatItWritesReadsBackEqual(@ForAll("values") Value value) {
        var text = YamlWriter.text(Mapping.of("v", value));

        assertThat(YamlReader.go2().documents("x.yaml", text, Limits.FILE))
                .as(text)
                .containsExactly(Mapping.of("v", value));
    }

    /// Without what kubectl itself prints wrongly or not at all: control characters, and a key `<<` without quotes.
    @Provide
    Arbitrary<Value> values() {
        return Values.any().filter(value -> {
            var json = JsonWriter.text(value);
            return Text.firstForbidden(json) < 0 && json.indexOf('\u0085') < 0 && !json.contains("\"<<\":");
        });
    }

    @Test
    void printsAnObjectAsPeopleKnowIt() {
        var object = JsonReader.readObject("""
                {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"web","labels":{"app":"web"}},
                "spec":{"replicas":3,"template":{"spec":{"containers":[{"name":"a","args":["-c","sleep 1\\nexit\\n"]}]}}}}
                """.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(YamlWriter.text(object)).isEqualTo("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  labels:
                    app: web
                  name: web
                spec:
                  replicas: 3
                  template:
                    spec:
                      containers:
                      - args:
                        - -c
                        - |
                          sleep 1
                          exit
                        name: a
                """);
    }

    @Test
    void writesValuesThatStandAlone() {
        assertThat(YamlWriter.text(Value.of("a"))).isEqualTo("a\n");
        assertThat(YamlWriter.text(Mapping.EMPTY)).isEqualTo("{}\n");
        assertThat(YamlWriter.text(Sequence.of(Value.of(1)))).isEqualTo("- 1\n");
    }

    @Test
    void refusesWhatKubectlCannotPrint() {
        assertThatThrownBy(() -> YamlWriter.text(Value.of("a\u007fb")))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("Print it as JSON");
    }
}
