package dev.holdfast.runtime.story;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.runtime.story.Kubectl.Family;
import java.util.List;
import java.util.Optional;

/// A kind whose objects are tampered with.
///
/// @param git what Git has, with `NAME` for the name
/// @param other another value for something that Git sets
/// @param extra something that Git does not set
/// @param field a field that Git sets, to be removed
/// @param item an item of a list, to be removed; empty for kinds without lists
record DriftSubject(
        String title,
        String collection,
        Family family,
        String git,
        String other,
        String extra,
        Removal field,
        Optional<Removal> item,
        Scale scale) {

    /// Whoever takes something out of a granular map or list leaves no trace in managedFields; whoever writes an
    /// atomic one owns all of it from then on.
    enum Trace {
        NONE,
        MANAGER
    }

    record Removal(String pointer, Trace trace) {}

    enum Scale {
        SCALES,
        /// A custom resource: its server records nobody as the owner of the replicas.
        SCALES_UNNAMED,
        FIXED
    }

    String manifest(String name) {
        return git.replace("NAME", name);
    }

    Mapping body(String name) {
        return Stage.yaml(manifest(name));
    }

    String target(String name) {
        return collection + "/" + name;
    }

    /// Part of the object, as a server-side apply needs it.
    Mapping partial(String name, String part) {
        var body = body(name);
        var metadata = Stage.yaml(part).mapping("metadata").with("name", Value.of(name));
        return Stage.yaml(part)
                .with("apiVersion", body.find("apiVersion").orElseThrow())
                .with("kind", body.find("kind").orElseThrow())
                .with("metadata", metadata);
    }

    static final String WIDGETS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Widget, listKind: WidgetList, plural: widgets, singular: widget}
              versions:
                - name: v1
                  served: true
                  storage: true
                  subresources: {scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}}
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        status: {type: object, properties: {replicas: {type: integer}}}
                        spec:
                          type: object
                          properties:
                            replicas: {type: integer}
                            color: {type: string}
                            size: {type: integer}
                            parts:
                              type: array
                              x-kubernetes-list-type: map
                              x-kubernetes-list-map-keys: [name]
                              items:
                                type: object
                                required: [name]
                                properties: {name: {type: string}, weight: {type: integer}}
            """;

    static List<DriftSubject> all() {
        return List.of(configMap(), secret(), service(), deployment(), statefulSet(), role(), ingress(), widget());
    }

    private static DriftSubject configMap() {
        return new DriftSubject(
                "ConfigMap",
                "/api/v1/namespaces/team-a/configmaps",
                Family.BUILT_IN,
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: NAME, labels: {team: web}}
                data: {key: one, second: two}
                """,
                "data: {key: edited}",
                "data: {extra: mine}",
                new Removal("/data/second", Trace.NONE),
                Optional.empty(),
                Scale.FIXED);
    }

    private static DriftSubject secret() {
        return new DriftSubject(
                "Secret",
                "/api/v1/namespaces/team-a/secrets",
                Family.BUILT_IN,
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: NAME, labels: {team: web}}
                data: {second: dHdv}
                stringData: {key: one}
                """,
                "data: {key: ZWRpdGVk}",
                "data: {extra: bWluZQ==}",
                new Removal("/data/second", Trace.NONE),
                Optional.empty(),
                Scale.FIXED);
    }

    private static DriftSubject service() {
        return new DriftSubject(
                "Service",
                "/api/v1/namespaces/team-a/services",
                Family.BUILT_IN,
                """
                apiVersion: v1
                kind: Service
                metadata: {name: NAME, labels: {team: web}, annotations: {note: ours}}
                spec:
                  selector: {app: web}
                  ports: [{name: http, port: 80}, {name: https, port: 443}]
                """,
                "spec: {selector: {app: edited}}",
                "spec: {publishNotReadyAddresses: true}",
                new Removal("/metadata/annotations/note", Trace.NONE),
                Optional.of(new Removal("/spec/ports/1", Trace.NONE)),
                Scale.FIXED);
    }

    private static DriftSubject deployment() {
        return workload("Deployment", "deployments", "");
    }

    private static DriftSubject statefulSet() {
        return workload("StatefulSet", "statefulsets", "serviceName: web");
    }

    private static DriftSubject workload(String kind, String plural, String more) {
        return new DriftSubject(
                kind,
                "/apis/apps/v1/namespaces/team-a/" + plural,
                Family.BUILT_IN,
                """
                apiVersion: apps/v1
                kind: %s
                metadata: {name: NAME, labels: {team: web}}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: NAME}}
                  template:
                    metadata: {labels: {app: NAME}, annotations: {note: ours}}
                    spec:
                      containers:
                        - {name: main, image: nginx, env: [{name: A, value: "1"}, {name: B, value: "2"}]}
                  %s
                """.formatted(kind, more),
                "spec: {template: {spec: {containers: [{name: main, image: edited}]}}}",
                "spec: {template: {spec: {containers: [{name: main, env: [{name: C, value: mine}]}]}}}",
                new Removal("/spec/template/metadata/annotations/note", Trace.NONE),
                Optional.of(new Removal("/spec/template/spec/containers/0/env/1", Trace.NONE)),
                Scale.SCALES);
    }

    private static DriftSubject role() {
        return new DriftSubject(
                "Role",
                "/apis/rbac.authorization.k8s.io/v1/namespaces/team-a/roles",
                Family.BUILT_IN,
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: NAME, labels: {team: web}}
                rules:
                  - {apiGroups: [""], resources: [pods], resourceNames: [web], verbs: [get]}
                  - {apiGroups: [""], resources: [services], verbs: [get]}
                """,
                "rules: [{apiGroups: [''], resources: [pods], verbs: [get, delete]}]",
                "metadata: {annotations: {extra: mine}}",
                new Removal("/rules/0/resourceNames", Trace.MANAGER),
                Optional.of(new Removal("/rules/1", Trace.MANAGER)),
                Scale.FIXED);
    }

    private static DriftSubject ingress() {
        return new DriftSubject(
                "Ingress",
                "/apis/networking.k8s.io/v1/namespaces/team-a/ingresses",
                Family.BUILT_IN,
                """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: NAME, labels: {team: web}}
                spec:
                  ingressClassName: ours
                  rules: [{host: a.example.com, http: HTTP}, {host: b.example.com, http: HTTP}]
                """.replace(
                                "HTTP",
                                "{paths: [{path: /, pathType: Prefix,"
                                        + " backend: {service: {name: web, port: {number: 80}}}}]}"),
                "spec: {ingressClassName: edited}",
                "spec: {defaultBackend: {service: {name: mine, port: {number: 80}}}}",
                new Removal("/spec/ingressClassName", Trace.NONE),
                Optional.of(new Removal("/spec/rules/1", Trace.MANAGER)),
                Scale.FIXED);
    }

    private static DriftSubject widget() {
        return new DriftSubject(
                "Widget (custom)",
                "/apis/example.com/v1/namespaces/team-a/widgets",
                Family.CUSTOM,
                """
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: NAME, labels: {team: web}}
                spec: {replicas: 2, color: blue, parts: [{name: a, weight: 1}, {name: b, weight: 2}]}
                """,
                "spec: {color: edited}",
                "spec: {size: 9}",
                new Removal("/spec/color", Trace.NONE),
                Optional.of(new Removal("/spec/parts/1", Trace.NONE)),
                Scale.SCALES_UNNAMED);
    }
}
