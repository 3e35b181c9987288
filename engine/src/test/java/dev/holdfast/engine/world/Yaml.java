package dev.holdfast.engine.world;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ref;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.util.List;

/// Manifests of tests, written as YAML.
public final class Yaml {

    private Yaml() {}

    public static List<Manifest> manifests(String path, String text) {
        return YamlReader.go2().documents(path, text, Limits.FILE).stream()
                .map(value -> manifest((Mapping) value))
                .toList();
    }

    public static Mapping object(String text) {
        return (Mapping)
                YamlReader.go2().documents("test.yaml", text, Limits.FILE).getFirst();
    }

    private static Manifest manifest(Mapping body) {
        var gvk = Gvk.of(body.text("apiVersion").orElse(""), body.text("kind").orElse(""));
        var ref = new Ref(
                gvk.group(),
                gvk.kind(),
                body.text("metadata", "namespace").orElse(""),
                body.text("metadata", "name").orElse(""));
        return new Manifest(gvk, ref, body);
    }

    /// `a=1` makes ConfigMap `a` with data `v: "1"`.
    public static List<Manifest> configMaps(String... assignments) {
        return java.util.Arrays.stream(assignments)
                .flatMap(text -> manifests("maps/" + text + ".yaml", map(text)).stream())
                .toList();
    }

    private static String map(String assignment) {
        var parts = assignment.split("=");
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s}
                data: {v: "%s"}
                """.formatted(parts[0], parts[1]);
    }

    public static Ref configMap(String name) {
        return new Ref("", "ConfigMap", "team-a", name);
    }
}
