package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;

/// What each app of the benchmark consists of: a ServiceAccount, a ConfigMap of 2 KB, a headless Service and a
/// Deployment without replicas, so that it converges without nodes; beyond four, more ConfigMaps.
final class AppObjects {

    static final int NAMESPACES = 10;

    private AppObjects() {}

    static String name(int app) {
        return "app-%04d".formatted(app);
    }

    static String namespace(int app) {
        return "bench-" + app % NAMESPACES;
    }

    /// @param word stands in the ConfigMap, so that a commit can change it
    static List<Mapping> of(int app, int count, String word) {
        var name = name(app);
        var objects = new ArrayList<Mapping>(List.of(
                object("v1", "ServiceAccount", name).build(),
                configMap(name, word),
                object("v1", "Service", name)
                        .put(
                                "spec",
                                Mapping.builder()
                                        .put("clusterIP", "None")
                                        .put("selector", Mapping.of("app", Value.of(name)))
                                        .put(
                                                "ports",
                                                Value.of(List.of(Mapping.builder()
                                                        .put("name", "http")
                                                        .put("port", 80)
                                                        .build())))
                                        .build())
                        .build(),
                deployment(name)));
        for (int more = 4; more < count; more++) objects.add(configMap(name + "-" + more, word));
        return objects.subList(0, Math.min(count, objects.size()));
    }

    static String yaml(int app, int count, String word) {
        var text = new StringBuilder();
        for (var object : of(app, count, word)) text.append("---\n").append(YamlWriter.text(object));
        return text.toString();
    }

    private static Mapping configMap(String name, String word) {
        var data = Mapping.builder().put("word", word).put("text", "0123456789abcdef".repeat(124));
        return object("v1", "ConfigMap", name).put("data", data.build()).build();
    }

    private static Mapping deployment(String name) {
        var labels = Mapping.of("app", Value.of(name));
        var container = Mapping.builder()
                .put("name", "main")
                .put("image", "registry.example/main:1.0")
                .build();
        var template = Mapping.builder()
                .put("metadata", Mapping.of("labels", labels))
                .put("spec", Mapping.of("containers", Value.of(List.of(container))))
                .build();
        return object("apps/v1", "Deployment", name)
                .put(
                        "spec",
                        Mapping.builder()
                                .put("replicas", 0)
                                .put("selector", Mapping.of("matchLabels", labels))
                                .put("template", template)
                                .build())
                .build();
    }

    private static Mapping.Builder object(String apiVersion, String kind, String name) {
        return Mapping.builder()
                .put("apiVersion", apiVersion)
                .put("kind", kind)
                .put("metadata", Mapping.of("name", Value.of(name)));
    }

    static String collection(Mapping object) {
        return switch (object.text("kind").orElse("")) {
            case "ServiceAccount" -> "serviceaccounts";
            case "ConfigMap" -> "configmaps";
            case "Service" -> "services";
            case "Deployment" -> "deployments";
            case String other -> throw new IllegalArgumentException(other);
        };
    }

    static String path(Mapping object, String namespace) {
        var base = object.text("apiVersion").orElse("").equals("v1") ? "/api/v1" : "/apis/apps/v1";
        return base + "/namespaces/" + namespace + "/" + collection(object) + "/"
                + object.text("metadata", "name").orElse("");
    }
}
