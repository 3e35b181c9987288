package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport.Request;
import java.util.List;

/// App objects: how the benchmarks make and read them.
final class Apps {

    private static final String API = "/apis/holdfast.dev/v1alpha1";
    static final String ALL = API + "/holdfastapps";

    private Apps() {}

    static Request create(String namespace, String name, String git, String path) {
        var source = Mapping.builder()
                .put("git", git)
                .put("ref", "main")
                .put("path", path)
                .build();
        var object = Mapping.builder()
                .put("apiVersion", "holdfast.dev/v1alpha1")
                .put("kind", "App")
                .put("metadata", Mapping.of("name", Value.of(name)))
                .put("spec", Mapping.of("sources", Value.of(List.of(source))))
                .build();
        return BareClient.create(collection(namespace), object);
    }

    /// Asks for a sync now; `word` differs from the last one.
    static Request sync(String namespace, String name, String word) {
        var annotations = Mapping.of("annotations", Mapping.of("holdfast.dev/sync", Value.of(word)));
        return BareClient.merge(collection(namespace) + "/" + name, Mapping.of("metadata", annotations));
    }

    static boolean isReady(Mapping app) {
        return app.mapping("status").sequence("conditions").mappings().stream()
                .anyMatch(condition -> condition.text("type").orElse("").equals("Ready")
                        && condition.text("status").orElse("").equals("True"));
    }

    static long ready(BareClient client) {
        return client.get(ALL).sequence("items").mappings().stream()
                .filter(Apps::isReady)
                .count();
    }

    static String why(BareClient client, String namespace, String name) {
        return client.get(collection(namespace) + "/" + name)
                .text("status", "why")
                .orElse("");
    }

    private static String collection(String namespace) {
        return API + "/namespaces/" + namespace + "/holdfastapps";
    }
}
