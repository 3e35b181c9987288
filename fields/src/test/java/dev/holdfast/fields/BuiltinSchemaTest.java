package dev.holdfast.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.testkit.SharedCases;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The resource of the built-in kinds against the recorded document that it was made from.
class BuiltinSchemaTest {

    private static final String RESOURCE = "fields/src/main/resources/dev/holdfast/fields/builtin-schemas.txt";

    @Test
    void writesTheResourceAgainWhenAsked() throws IOException {
        Assumptions.assumeTrue("update".equals(System.getProperty("golden")), "only with -Dgolden=update");
        Files.writeString(
                SharedCases.root().resolve(RESOURCE), SchemaRecording.read().text());
    }

    @Test
    void theResourceIsWhatTheToolMakesOfTheRecording() throws IOException {
        var text = Files.readString(SharedCases.root().resolve(RESOURCE));
        assertThat(text).isEqualTo(SchemaRecording.read().text());
        assertThat(text.length()).isLessThan(300_000);
    }

    /// Computed from the raw document, not by the reader that made the resource.
    @Test
    void everyFactOfTheRecordingIsInTheResourceAndNoOther() {
        var recording = SchemaRecording.read();
        var schemas = BuiltinSchemas.load();
        var expected = new TreeSet<String>();
        var found = new TreeSet<String>();
        for (var definition : recording.definitions().fields()) {
            expected.addAll(RawFacts.of(definition.key(), (Mapping) definition.value()));
        }
        for (var name : schemas.names()) found.addAll(TypeFacts.of(name, Objects.requireNonNull(schemas.find(name))));
        assertThat(expected).hasSizeGreaterThan(3000);
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyRecordedKindIsFound() {
        var recording = SchemaRecording.read();
        var kinds = new ArrayList<String>();
        for (var name : recording.definitions().keys()) kinds.addAll(recording.kinds(name));
        assertThat(BuiltinSchemas.load().kinds()).extracting(Gvk::toString).containsExactlyInAnyOrderElementsOf(kinds);
        assertThat(kinds).hasSizeGreaterThan(60);
    }

    @Test
    void tellsHowAContainersPortsAreKeyedAndPatched() {
        var deployment =
                BuiltinSchemas.load().find(Gvk.of("apps/v1", "Deployment")).orElseThrow();
        var containers = FieldPath.parse("spec.template.spec.containers");
        var ports = FieldPath.parse("spec.template.spec.containers[name=c].ports");
        assertThat(Objects.requireNonNull(deployment.at(containers)).asList())
                .satisfies(list -> assertThat(list.keys()).containsExactly("name"));
        assertThat(Objects.requireNonNull(deployment.at(ports)).asList())
                .satisfies(list -> assertThat(list.keys()).containsExactly("containerPort", "protocol"));
        var container = Objects.requireNonNull(deployment.at(FieldPath.parse("spec.template.spec.containers[name=c]")));
        var field =
                Objects.requireNonNull(Objects.requireNonNull(container.asMap()).field("ports"));
        assertThat(field.patch()).isEqualTo(new MergeStrategy(true, false, false, "containerPort"));
    }

    @Test
    void recursiveDefinitionsCanBeFollowed() {
        var crd = BuiltinSchemas.load()
                .find(Gvk.of("apiextensions.k8s.io/v1", "CustomResourceDefinition"))
                .orElseThrow();
        var versions = Objects.requireNonNull(crd.at(FieldPath.parse("spec.versions[0]")));
        @org.jspecify.annotations.Nullable Type schema = versions;
        for (var name : List.of("schema", "openAPIV3Schema", "properties", "a", "properties", "b", "type")) {
            schema = Objects.requireNonNull(schema).below(new PathElement.Field(name));
        }
        assertThat(schema).isEqualTo(Type.Scalar.TEXT);
    }

    @Test
    void knowsWhatTheServerPrintsOfAnObjectThatIsStillEmpty() {
        var schemas = BuiltinSchemas.load();
        assertThat(Blank.of(schemas.orUnknown(Gvk.of("v1", "Service"))))
                .hasToString("{metadata: {}, spec: {}, status: {loadBalancer: {}}}");
        assertThat(Blank.of(schemas.orUnknown(Gvk.of("v1", "ConfigMap")))).hasToString("{metadata: {}}");
        assertThat(Blank.of(schemas.orUnknown(Gvk.of("apps/v1", "Deployment"))))
                .hasToString("{metadata: {}, spec: {selector: null, strategy: {}, template: "
                        + "{metadata: {}, spec: {containers: null}}}, status: {}}");
    }
}
