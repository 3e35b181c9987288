package dev.holdfast.sandbox;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.write.Bodies;
import dev.holdfast.sandbox.write.Target;
import dev.holdfast.sandbox.write.WriteOptions;
import dev.holdfast.sandbox.write.Writers;
import java.util.List;

/// What exists on a new server before anyone asks for it.
final class Bootstrap {

    private final Realm realm;

    Bootstrap(Realm realm) {
        this.realm = realm;
    }

    void run() {
        for (var name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            ensure("v1", "namespaces", Mapping.builder()
                    .put("kind", "Namespace")
                    .put("apiVersion", "v1")
                    .put("metadata", Mapping.of("name", dev.holdfast.model.Value.of(name)))
                    .build());
        }
    }

    private void ensure(String apiVersion, String plural, Mapping object) {
        var type = realm.catalog().find(apiVersion, plural).orElseThrow();
        var name = object.text("metadata", "name").orElseThrow();
        var namespace = object.text("metadata", "namespace").orElse("");
        if (realm.find(type, namespace, name) != null) return;
        Writers.of(realm)
                .creating()
                .create(
                        Target.of(type, namespace, ""),
                        new Bodies.Sent(object, List.of()),
                        WriteOptions.by("kube-apiserver"));
    }
}
