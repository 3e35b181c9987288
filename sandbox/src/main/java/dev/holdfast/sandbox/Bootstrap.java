package dev.holdfast.sandbox;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.definition.Definition;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.write.Bodies;
import dev.holdfast.sandbox.write.Target;
import dev.holdfast.sandbox.write.WriteOptions;
import dev.holdfast.sandbox.write.Writers;
import java.util.List;

/// What exists on a server before anyone asks for it. After a restart only what is missing is made.
final class Bootstrap {

    private static final String MANAGER = "kube-apiserver";
    private static final List<Mapping> ROLES = DefaultRoles.objects();

    private final Realm realm;
    private final Writers writers;

    Bootstrap(Realm realm, Writers writers) {
        this.realm = realm;
        this.writers = writers;
    }

    void run() {
        define();
        for (var name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            ensure(object("v1", "Namespace", "", name));
        }
        for (var object : ROLES) ensure(object);
        ensure(node());
        ensure(kubernetesService());
    }

    /// Serves what stored definitions make.
    private void define() {
        for (var item : realm.store()
                .shelf("customresourcedefinitions.apiextensions.k8s.io")
                .items()
                .after("")) {
            var definition = new Definition(item.tree());
            if (definition.established()) realm.types().define(definition);
        }
    }

    private static Mapping object(String apiVersion, String kind, String namespace, String name) {
        var metadata = Mapping.builder().put("name", name);
        if (!namespace.isEmpty()) metadata.put("namespace", namespace);
        return Mapping.builder()
                .put("kind", kind)
                .put("apiVersion", apiVersion)
                .put("metadata", metadata.build())
                .build();
    }

    private Mapping node() {
        var time = realm.timestamp();
        var ready = Mapping.builder()
                .put("type", "Ready")
                .put("status", "True")
                .put("lastHeartbeatTime", time)
                .put("lastTransitionTime", time)
                .put("reason", "SandboxReady")
                .put("message", "this node runs nothing, and is always ready")
                .build();
        return object("v1", "Node", "", "sandbox-node")
                .with(List.of("metadata", "labels", "kubernetes.io/hostname"), Value.of("sandbox-node"))
                .with("status", Mapping.of("conditions", Value.of(List.of(ready))));
    }

    private static Mapping kubernetesService() {
        var port = Mapping.builder()
                .put("name", "https")
                .put("port", 443)
                .put("protocol", "TCP")
                .put("targetPort", 6443)
                .build();
        return object("v1", "Service", "default", "kubernetes")
                .with(
                        "spec",
                        Mapping.builder()
                                .put("clusterIP", "10.96.0.1")
                                .put("ports", Value.of(List.of(port)))
                                .build());
    }

    private void ensure(Mapping object) {
        var type = realm.catalog()
                .ofKind(Meta.apiVersion(object), Meta.kind(object))
                .orElseThrow();
        if (realm.find(type, Meta.namespace(object), Meta.name(object)) != null) return;
        var target = Target.of(type, Meta.namespace(object), "");
        writers.creating().create(target, new Bodies.Sent(object, List.of()), WriteOptions.by(MANAGER));
    }
}
