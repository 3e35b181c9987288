package dev.holdfast.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.yaml.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Single answers of a real API server (1.34), and what its documentation says of entries and versions.
class ServerFactsTest {

    private static final BuiltinSchemas SCHEMAS = BuiltinSchemas.load();
    private static final Instant NOW = Instant.parse("2026-11-21T05:33:26Z");

    private static Mapping json(String text) {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Mapping recorded(String name) throws IOException {
        var text = Files.readString(SharedCases.find("recordings/kubernetes-1.34/" + name));
        return json(text.substring(text.indexOf("\n{")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssa-create.http", "ssa-noop.http", "ssa-force.http", "service-create.http"})
    void recordedManagedFieldsReadAndPrintTheSame(String name) throws IOException {
        var object = recorded(name);
        var managed = ManagedFields.of(object);
        assertThat(managed.print()).isEqualTo(object.at("metadata", "managedFields"));
        assertThat(managed.print().toString())
                .isEqualTo(object.sequence("metadata", "managedFields").toString());
    }

    @Test
    void theCreatorOfAServiceOwnsWhatItSentAndTheDefaultsButNoAddress() throws IOException {
        var answer = ManagedFields.without(recorded("service-create.http"));
        var written = answer;
        for (var allocated : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
            written = written.without(List.of("spec", allocated));
        }
        var owners = ServerSideApply.of(SCHEMAS.orUnknown(Gvk.of("v1", "Service")))
                .update(Mapping.EMPTY, written, ManagedFields.NONE, new Writer("curl", "v1", NOW.plusSeconds(1)));
        assertThat(owners).isEqualTo(ManagedFields.of(recorded("service-create.http")));
    }

    private static Applied applied(String config) {
        return ServerSideApply.of(SCHEMAS.orUnknown(Gvk.of("apps/v1", "Deployment")))
                .apply(
                        Mapping.EMPTY,
                        ManagedFields.NONE,
                        json(config),
                        new Writer("m", "apps/v1", NOW),
                        Conflicts.REFUSE);
    }

    private static String container(String inside) {
        return "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"d\",\"namespace\":\"g\"},"
                + "\"spec\":{\"template\":{\"spec\":{\"containers\":[" + inside + "]}}}}";
    }

    @Test
    void refusesWhatTheServerRefusesInItsWords() throws IOException {
        assertThat(message(applied(container("{\"name\":\"c\",\"imagee\":\"x\"}"))))
                .isEqualTo(recorded("ssa-unknown-field.http").text("message").orElse(""));
        assertThat(
                        message(
                                applied(
                                        container(
                                                "{\"name\":\"c\",\"ports\":[{\"containerPort\":80},{\"containerPort\":80,\"protocol\":\"TCP\"}]}"))))
                .isEqualTo(recorded("ssa-dup-key.http").text("message").orElse(""));
        assertThat(message(applied(container("{\"name\":\"c\",\"image\":[\"x\"],\"stdin\":\"yes\"}"))))
                .startsWith("failed to create typed patch object (g/d; apps/v1, Kind=Deployment): errors:\n")
                .contains("  .spec.template.spec.containers[name=\"c\"].stdin: expected boolean, got &{yes}");
    }

    private static String message(Applied applied) {
        assertThat(applied).isInstanceOf(Applied.Untyped.class);
        return ((Applied.Untyped) applied).message();
    }

    @Test
    void theOldestUpdatersAreFoldedIntoOneEntry() {
        var rules = ServerSideApply.of(SCHEMAS.orUnknown(Gvk.of("v1", "ConfigMap")));
        var object = json("{\"metadata\":{\"name\":\"m\"},\"data\":{}}");
        var managed = ManagedFields.NONE;
        var before = Mapping.EMPTY;
        for (int i = 0; i < 13; i++) {
            var after = object.with(List.of("data", "k" + i), Value.of("1"));
            managed = rules.update(before, after, managed, new Writer("w" + i, "v1", NOW.plusSeconds(i)));
            before = after;
            object = after;
        }
        assertThat(managed.entries()).hasSize(10);
        assertThat(managed.entries().getFirst().manager()).isEqualTo("ancient-changes");
        assertThat(managed.entries().getFirst().fields().paths())
                .extracting(FieldPath::toString)
                .containsExactly(".data", ".data.k0", ".data.k1", ".data.k2", ".data.k3");
    }

    /// One version calls a field `old`, the other `now`.
    private static final Versions RENAMING = (object, schema, version) -> {
        if (version.equals("example.com/v0")) return Optional.empty();
        var from = object.mapping("data").has("old") ? "old" : "now";
        var to = version.equals("example.com/v1") ? "old" : "now";
        var value = object.mapping("data").get(from);
        var renamed = value == null
                ? object
                : object.with("data", object.mapping("data").without(from).with(to, value));
        return Optional.of(new Versions.Versioned(renamed, schema));
    };

    private static final ServerSideApply TWO_VERSIONS = SmallWorld.RULES.withVersions(RENAMING);

    private static Applied.Merged apply(Applied.Merged state, String config, String manager, String version) {
        var applied = TWO_VERSIONS.apply(
                state.object(), state.managed(), json(config), new Writer(manager, version, NOW), Conflicts.REFUSE);
        assertThat(applied).isInstanceOf(Applied.Merged.class);
        return (Applied.Merged) applied;
    }

    @Test
    void anApplierThatChangesTheVersionKeepsItsEntryAndItsFields() {
        var nothing = new Applied.Merged(Mapping.EMPTY, ManagedFields.NONE, Applied.Change.NOTHING);
        var first = apply(nothing, "{\"data\":{\"old\":\"1\",\"x\":\"1\"}}", "a", "example.com/v1");
        var converted = RENAMING.convert(first.object(), SmallWorld.SCHEMA, "example.com/v2")
                .orElseThrow()
                .object();
        var second = apply(
                new Applied.Merged(converted, first.managed(), Applied.Change.NOTHING),
                "{\"data\":{\"now\":\"1\"}}",
                "a",
                "example.com/v2");
        assertThat(second.object().mapping("data").keys()).containsExactly("now");
        assertThat(second.managed().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.apiVersion()).isEqualTo("example.com/v2");
            assertThat(entry.fields().paths()).extracting(FieldPath::toString).containsExactly(".data.now");
        });
    }

    @Test
    void whoWroteAVersionThatIsNotServedAnyMoreOwnsNothing() {
        var gone = new ManagedEntry(
                "old", ManagedEntry.Operation.APPLY, "example.com/v0", NOW, "", FieldSet.of(FieldPath.parse("data.x")));
        var live = new Applied.Merged(
                json("{\"data\":{\"x\":\"1\"}}"), new ManagedFields(List.of(gone)), Applied.Change.NOTHING);
        var after = apply(live, "{\"data\":{\"x\":\"2\"}}", "a", "example.com/v2");
        assertThat(after.managed().entries()).extracting(ManagedEntry::manager).containsExactly("a");
    }

    @Test
    void whatHasBecomeAtomicIsOwnedAsAWhole() {
        var entry = new ManagedEntry(
                "a",
                ManagedEntry.Operation.APPLY,
                "apps/v1",
                NOW,
                "",
                FieldSet.of(FieldPath.parse("spec.selector.matchLabels.app"), FieldPath.parse("spec.replicas")));
        var type = SCHEMAS.orUnknown(Gvk.of("apps/v1", "Deployment")).root();
        assertThat(Atomised.of(type, entry.fields()).paths())
                .extracting(FieldPath::toString)
                .containsExactly(".spec.replicas", ".spec.selector");
        var same = FieldSet.of(FieldPath.parse("spec.replicas"));
        assertThat(Atomised.of(type, same)).isSameAs(same);
    }

    @Test
    void readsAnOpenApiDocumentOfVersionThree() {
        var document = json("""
                {"components":{"schemas":{
                  "example.Port":{"type":"object","required":["port"],"properties":{
                    "port":{"type":"integer","format":"int32","default":0},"protocol":{"type":"string","default":"TCP"}}},
                  "example.Spec":{"type":"object","properties":{
                    "ports":{"type":"array","items":{"allOf":[{"$ref":"#/components/schemas/example.Port"}],"default":{}},
                      "x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["port","protocol"]},
                    "size":{"x-kubernetes-int-or-string":true},
                    "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"a":{"type":"string"}}},
                    "object":{"type":"object","x-kubernetes-embedded-resource":true},
                    "labels":{"type":"object","additionalProperties":{"type":"string"}}}},
                  "example.Thing":{"type":"object","x-kubernetes-group-version-kind":[
                      {"group":"example.com","version":"v1","kind":"Thing"}],
                    "properties":{"spec":{"allOf":[{"$ref":"#/components/schemas/example.Spec"}],"default":{}}}}}}}""");
        var schema = OpenApiSchemas.parse(document)
                .find(Gvk.of("example.com/v1", "Thing"))
                .orElseThrow();
        assertThat(Blank.of(schema)).hasToString("{spec: {}}");
        var config = json("""
                {"spec":{"ports":[{"port":1},{"port":1,"protocol":"UDP"}],"size":"5%","free":{"b":{"c":1}},
                 "object":{"kind":"X"},"labels":{"l":"1"}}}""");
        assertThat(OwnedFields.of(schema.root(), config).paths())
                .extracting(FieldPath::toString)
                .contains(".spec.ports[port=1,protocol=\"TCP\"]", ".spec.ports[port=1,protocol=\"UDP\"].protocol")
                .contains(".spec.free.b.c", ".spec.size", ".spec.labels.l", ".spec.object.kind");
        assertThat(SchemaCheck.problems(schema, config)).isEmpty();
    }

    @Test
    void checksAnObjectBeforeItIsSent() {
        var schema = SCHEMAS.orUnknown(Gvk.of("apps/v1", "Deployment"));
        var found = new ArrayList<String>();
        for (var problem : SchemaCheck.problems(
                schema,
                json(container(
                        "{\"imagee\":\"x\",\"imagePullPolicy\":\"Sometimes\",\"ports\":[{\"containerPort\":\"http\"}],"
                                + "\"env\":[{\"name\":\"A\",\"value\":1},{\"name\":\"A\"}],\"command\":\"sh\"}")))) {
            found.add(problem.message());
        }
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "unknown field, did you mean image?",
                        "must be one of Always, IfNotPresent, Never",
                        "a whole number is expected, and this is a string",
                        "a string is expected, and this is a number (write it in quotes)",
                        "the list has this item twice",
                        "a list is expected, and this is a string",
                        "required, and missing",
                        "required, and missing");
    }

    @Test
    void aMissingDefinitionIsAnyShape() {
        var named = new Type.Named("nobody", _ -> null);
        assertThat(named.resolved()).isSameAs(Type.DEDUCED);
    }
}
