package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.yaml.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The recorded OpenAPI document of a real API server, cut to what the built-in schemas hold: no lists, no
/// discovery, no kinds of the recording's own test group. With the facts of `schema-supplement.txt`, which no such
/// document tells.
record SchemaRecording(Mapping definitions, Map<String, Map<String, List<String>>> supplement) {

    private static final List<String> NEITHER_OBJECTS_NOR_PARTS = List.of(
            "meta.v1.APIGroup",
            "meta.v1.APIResource",
            "meta.v1.APIVersions",
            "meta.v1.GroupVersionForDiscovery",
            "meta.v1.ServerAddressByClientCIDR",
            "meta.v1.WatchEvent",
            "meta.v1.ListMeta",
            "pkg.version.Info");

    static SchemaRecording read() {
        try {
            var path = SharedCases.find("recordings/kubernetes-1.34/openapi-v2.json");
            var all = JsonReader.readObject(Files.readAllBytes(path)).mapping("definitions");
            return new SchemaRecording(all.map((name, schema) -> isHeld(name, schema) ? schema : null), supplements());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isHeld(String name, Value schema) {
        boolean list = schema instanceof Mapping definition
                && definition.text("properties", "metadata", "$ref").orElse("").endsWith(".ListMeta");
        return !list
                && !name.startsWith("org.example.")
                && !NEITHER_OBJECTS_NOR_PARTS.contains(SchemaText.shortName(name));
    }

    private static Map<String, Map<String, List<String>>> supplements() throws IOException {
        var facts = new TreeMap<String, Map<String, List<String>>>();
        try (var stream = SchemaRecording.class.getResourceAsStream("schema-supplement.txt")) {
            if (stream == null) throw new IllegalStateException("schema-supplement.txt is missing");
            for (var line : new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("#")) continue;
                var words = List.of(line.split(" ", -1));
                facts.computeIfAbsent(words.get(0), _ -> new TreeMap<>())
                        .put(words.get(1) + " " + words.get(2), words.subList(3, words.size()));
            }
        }
        return facts;
    }

    private boolean says(String fact, String definition, String field) {
        return supplement.getOrDefault(fact, Map.of()).containsKey(SchemaText.shortName(definition) + " " + field);
    }

    private Value value(String fact, String definition, String field) {
        var words = supplement.getOrDefault(fact, Map.of()).get(SchemaText.shortName(definition) + " " + field);
        return JsonText.parse(String.join(" ", words));
    }

    /// The text of the whole resource.
    String text() {
        var types = OpenApiSchemas.parse(Mapping.of("definitions", definitions));
        var text = new StringBuilder("""
                # The schemas of the kinds that Kubernetes serves, as facts. Made from a recorded OpenAPI document by the test
                # BuiltinSchemaTest; run it with -Dgolden=update to write it again. SchemaText describes the format.
                """);
        for (var name : new TreeSet<>(definitions.keys())) {
            text.append('@').append(SchemaText.shortName(name));
            for (var kind : kinds(name)) text.append(' ').append(kind);
            var type = Objects.requireNonNull(types.find(name));
            text.append('\n').append(SchemaTextWriter.lines(completed(name, type)));
        }
        return text.toString();
    }

    List<String> kinds(String name) {
        var kinds = definitions
                .mapping(name)
                .sequence("x-kubernetes-group-version-kind")
                .mappings();
        // options of requests are listed with every group
        if (kinds.size() > 8) return List.of();
        return kinds.stream()
                .map(kind -> {
                    var group = kind.text("group").orElse("");
                    var version = kind.text("version").orElse("");
                    return (group.isEmpty() ? version : group + "/" + version) + "/"
                            + kind.text("kind").orElse("");
                })
                .sorted()
                .collect(Collectors.toList());
    }

    private Type completed(String name, Type type) {
        if (!(type instanceof Type.MapOf map) || map.fields().isEmpty()) return type;
        var fields = new ArrayList<StructField>();
        for (var field : map.fields()) fields.add(completed(name, field));
        return new Type.MapOf(map.granularity(), fields, map.others());
    }

    /// The field with what the server's own types add.
    private StructField completed(String definition, StructField field) {
        if (says("preset", definition, field.name())) {
            return field.withPreset(value("preset", definition, field.name()));
        }
        if (says("printed", definition, field.name())) {
            return field.withBlank(value("printed", definition, field.name()));
        }
        if (isEmbedded(definition, field)) return field.withBlank(Mapping.EMPTY);
        if (!field.required() || says("pointer", definition, field.name())) return field;
        return switch (field.type()) {
            case Type.Scalar(var kind, var _, var _) -> {
                var empty = empty(kind);
                yield field.withPreset(empty).withBlank(empty);
            }
            case Type.Named named
            when named.name().endsWith(".Quantity") || named.name().endsWith(".IntOrString") -> field;
            case Type.ListOf _, Type.MapOf _, Type.Named _ -> field.withBlank(Value.none());
            case Type.Any _ -> field;
        };
    }

    private boolean isEmbedded(String definition, StructField field) {
        boolean top = !kinds(definition).isEmpty()
                && List.of("metadata", "spec", "status").contains(field.name())
                && field.type() instanceof Type.Named;
        return top || says("embedded", definition, field.name());
    }

    private static Value empty(Type.Scalar.Kind kind) {
        return switch (kind) {
            case TEXT, ANY -> Value.of("");
            case INTEGER, NUMBER -> Value.of(0);
            case BOOLEAN -> Value.FALSE;
        };
    }
}
