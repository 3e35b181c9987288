package dev.holdfast.demo;

import dev.holdfast.source.LocalRepository.Change;

/// What stands in the demo's repository: three apps of plain manifests, and one with a base and two overlays.
final class Repositories {

    static final String BRANCH = "main";

    private Repositories() {}

    static Change first() {
        return Change.on(BRANCH, "Four apps")
                .with("apps/web/extra.yaml", config("extra", "note", "leaves Git in step five"))
                .with("apps/web/config.yaml", config("greeting", "greeting", "hello"))
                .with("apps/web/deployment.yaml", deployment("web", 2))
                .with("apps/web/service.yaml", service("web"))
                .with("apps/worker/deployment.yaml", deployment("worker", 1))
                .with("apps/worker/config.yaml", config("worker", "queue", "orders"))
                .with("apps/settings/a.yaml", settings())
                .with("base/checkout/kustomization.yaml", """
                        resources: [deployment.yaml, service.yaml]
                        configMapGenerator:
                          - name: checkout
                            literals: [CURRENCY=EUR]
                        """)
                .with("base/checkout/deployment.yaml", checkout())
                .with("base/checkout/service.yaml", service("checkout"))
                .with("apps/checkout-test/kustomization.yaml", overlay("test", 1))
                .with("apps/checkout-prod/kustomization.yaml", overlay("prod", 2));
    }

    /// An overlay of the base: names of its own, its number of replicas, a newer image.
    static String overlay(String stage, int replicas) {
        return """
                resources:
                  - ../../base/checkout
                namePrefix: %s-
                labels:
                  - pairs: {stage: %s}
                    includeSelectors: true
                replicas:
                  - name: checkout
                    count: %d
                images:
                  - name: registry.example/checkout
                    newTag: "1.1"
                """.formatted(stage, stage, replicas);
    }

    private static String checkout() {
        return deployment("checkout", 1) + """
                          envFrom:
                            - configMapRef:
                                name: checkout
                """;
    }

    static String config(String name, String key, String value) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                data:
                  %s: "%s"
                """.formatted(name, key, value);
    }

    static String service(String name) {
        return """
                apiVersion: v1
                kind: Service
                metadata:
                  name: %s
                spec:
                  selector: {app: %s}
                  ports:
                    - {name: http, port: 80, targetPort: 8080}
                """.formatted(name, name);
    }

    static String deployment(String name, int replicas) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %s
                spec:
                  replicas: %d
                  selector:
                    matchLabels: {app: %s}
                  template:
                    metadata:
                      labels: {app: %s}
                    spec:
                      containers:
                        - name: %s
                          image: registry.example/%s:1.0
                """.formatted(name, replicas, name, name, name, name);
    }

    private static String settings() {
        var files = new StringBuilder();
        for (int i = 1; i <= 8; i++) {
            if (i > 1) files.append("---\n");
            files.append(config("setting-" + i, "value", "number " + i));
        }
        return files.toString();
    }

    static String app(String name, String git) {
        return """
                {"apiVersion": "holdfast.dev/v1alpha1", "kind": "App",
                 "metadata": {"name": "%s", "namespace": "shop"},
                 "spec": {"interval": "1s", "sources": [{"git": "%s", "ref": "main", "path": "apps/%s"}]}}
                """.formatted(name, git, name);
    }
}
