package dev.holdfast.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.yaml.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Paths as people write them, and what they mean on an object.
class PathAndSelectionTest {

    private static final Schema DEPLOYMENT =
            BuiltinSchemas.load().find(Gvk.of("apps/v1", "Deployment")).orElseThrow();

    private static final Mapping LIVE = json("""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"annotations":{"example.com/a":"1"}},
             "spec":{"replicas":7,"template":{"spec":{"containers":[
               {"name":"side","image":"s:1"},
               {"name":"app","image":"a:2","args":["-x","-y"],
                "ports":[{"containerPort":80,"protocol":"TCP"},{"containerPort":80,"protocol":"UDP"}]}]}}}}""");

    private static Mapping json(String text) {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            spec.replicas                                      | .spec.replicas
            .spec.replicas                                     | .spec.replicas
            spec.template.spec.containers[name=app].image      | .spec.template.spec.containers[name="app"].image
            spec.ports[port=80,protocol=TCP]                   | .spec.ports[port=80,protocol="TCP"]
            spec.ports[protocol=TCP,port=80]                   | .spec.ports[port=80,protocol="TCP"]
            metadata.finalizers[=example.com/x]                | .metadata.finalizers[="example.com/x"]
            metadata.annotations["example.com/a.b"]            | .metadata.annotations.example.com/a.b
            spec.containers[0].args[1]                         | .spec.containers[0].args[1]
            /spec/replicas                                     | .spec.replicas
            /metadata/annotations/example.com~1a               | .metadata.annotations.example.com/a
            """)
    void readsPathsAsTheyAreWritten(String written, String printed) {
        assertThat(FieldPath.parse(written)).hasToString(printed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            ''                    | field path ``: it is empty
            spec..replicas        | field path `spec..replicas`: expected the name of a field at position 6
            spec.containers[      | field path `spec.containers[`: `[` is not closed at position 17
            spec.containers[name  | field path `spec.containers[name`: `[` is not closed at position 17
            a[b=]                 | field path `a[b=]`: expected a value at position 5
            a[-1]                 | field path `a[-1]`: expected a position, `name=value`, `=value` or a quoted key at position 3
            a["b                  | field path `a["b`: the quote is not closed at position 3
            a[b=c]d               | field path `a[b=c]d`: expected `.` or `[` at position 7
            /a~2                  | field path `/a~2`: `~` must be written `~0`, `/` `~1`
            """)
    void saysWhatIsWrongWithAPath(String written, String message) {
        assertThatThrownBy(() -> FieldPath.parse(written)).isInstanceOfSatisfying(FaultException.class, refused -> {
            assertThat(refused.fault().code()).isEqualTo("InvalidFieldPath");
            assertThat(refused.fault().explanation().message()).isEqualTo(message);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spec.replicas                                                  | [.spec.replicas]
            spec.template.spec.containers[name=app].image                  | [.spec.template.spec.containers[name="app"].image]
            spec.template.spec.containers[1].image                         | [.spec.template.spec.containers[name="app"].image]
            /spec/template/spec/containers/1/image                         | [.spec.template.spec.containers[name="app"].image]
            spec.template.spec.containers[name=app].args[0]                | [.spec.template.spec.containers[name="app"].args[0]]
            spec.template.spec.containers[name=none].image                 | []
            spec.nothing.here                                              | []
            """)
    void findsWhatAPathMeansOnAnObject(String written, String found) {
        assertThat(selected(written)).hasToString(found);
    }

    @Test
    void aKeyThatNamesFewerFieldsMeansEveryItemThatHasThem() {
        assertThat(selected("spec.template.spec.containers[name=app].ports[containerPort=80]")
                        .size())
                .isEqualTo(2);
    }

    private static FieldSet selected(String written) {
        return Selection.by(DEPLOYMENT).selecting(List.of(FieldPath.parse(written)), LIVE);
    }

    @Test
    void takesFieldsOutAndLeavesNoEmptyMapBehind() {
        var selection = Selection.by(DEPLOYMENT);
        var rest = selection.without(
                LIVE, selected("/spec/replicas").union(selected("metadata.annotations[\"example.com/a\"]")));
        assertThat(rest.mapping("spec").has("replicas")).isFalse();
        assertThat(rest.has("metadata")).isFalse();
        var fewer = selection.without(LIVE, selected("spec.template.spec.containers[name=app].args[0]"));
        assertThat(fewer.sequence("spec", "template", "spec", "containers")
                        .mappings()
                        .getLast()
                        .sequence("args"))
                .hasToString("[-y]");
    }

    @Test
    void copiesTheLiveValuesOfPaths() {
        var selection = Selection.by(DEPLOYMENT);
        var desired = json("""
                {"spec":{"replicas":3,"template":{"spec":{"containers":[{"name":"app","image":"a:3"}]}}}}""");
        var fields = selected("spec.replicas")
                .union(selected("spec.template.spec.containers[name=app].image"))
                .union(selected("spec.template.spec.containers[name=side].image"))
                .union(selected("metadata.annotations[\"example.com/a\"]"));
        assertThat(selection.withValuesOf(LIVE, desired, fields)).isEqualTo(json("""
                {"spec":{"replicas":7,"template":{"spec":{"containers":[{"name":"app","image":"a:2"}]}}},
                 "metadata":{"annotations":{"example.com/a":"1"}}}"""));
    }

    @Test
    void projectsTheOwnedPartOnly() {
        var set = FieldSet.of(
                FieldPath.parse("spec.replicas"),
                FieldPath.parse("spec.template.spec.containers[name=app]"),
                FieldPath.parse("spec.template.spec.containers[name=app].name"),
                FieldPath.parse("spec.template.spec.containers[name=app].image"),
                FieldPath.parse("spec.template.spec.containers[name=gone].image"));
        assertThat(Projection.of(LIVE, set)).isEqualTo(json("""
                        {"spec":{"replicas":7,"template":{"spec":{"containers":[{"name":"app","image":"a:2"}]}}}}"""));
    }
}
