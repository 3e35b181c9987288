package dev.holdfast.bench;

import java.util.Map;
import java.util.TreeMap;

/// The directories that `bench render` renders, and the text that it parses.
final class RenderTrees {

    private static final int FILES = 100;

    private RenderTrees() {}

    /// A base of three objects and an overlay as one finds it everywhere.
    static Map<String, String> small() {
        var files = new TreeMap<String, String>();
        files.put("base/kustomization.yaml", """
                resources: [deployment.yaml, service.yaml, account.yaml]
                labels:
                - pairs: {app: web}
                  includeSelectors: true
                configMapGenerator:
                - name: settings
                  literals: [LEVEL=info, REGION=eu]
                """);
        files.put("base/deployment.yaml", deployment("web"));
        files.put("base/service.yaml", service("web"));
        files.put("base/account.yaml", "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n");
        files.put("overlays/prod/kustomization.yaml", """
                resources: [../../base]
                namespace: shop
                namePrefix: prod-
                images:
                - name: example/web
                  newTag: "2.0"
                patches:
                - patch: |-
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web}
                    spec: {replicas: 3}
                configMapGenerator:
                - name: settings
                  behavior: merge
                  literals: [LEVEL=warn]
                """);
        return files;
    }

    /// Four hundred objects in a hundred files, and an overlay above them.
    static Map<String, String> large() {
        var files = new TreeMap<String, String>();
        var resources = new StringBuilder("resources:\n");
        for (int file = 0; file < FILES; file++) {
            var name = "app-" + file;
            files.put(
                    "base/" + name + ".yaml",
                    deployment(name) + "---\n" + service(name) + "---\n"
                            + "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: " + name + "\n---\n"
                            + "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata:\n  a: b\n");
            resources.append("- ").append(name).append(".yaml\n");
        }
        files.put("base/kustomization.yaml", resources.toString());
        files.put("overlays/prod/kustomization.yaml", """
                resources: [../../base]
                namespace: shop
                nameSuffix: -prod
                labels:
                - pairs: {stage: prod}
                  includeSelectors: true
                images:
                - name: example/web
                  newTag: "2.0"
                """);
        return files;
    }

    /// Documents of the usual kinds, until there are so many bytes.
    static String text(int bytes) {
        var text = new StringBuilder(bytes + 2_000);
        for (int i = 0; text.length() < bytes; i++) {
            text.append(deployment("app-" + i))
                    .append("---\n")
                    .append(service("app-" + i))
                    .append("---\n");
        }
        return text.toString();
    }

    private static String deployment(String name) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s
                  annotations:
                    example.com/owner: "team-a"
                spec:
                  replicas: 1
                  selector:
                    matchLabels:
                      name: %1$s
                  template:
                    metadata:
                      labels:
                        name: %1$s
                    spec:
                      serviceAccountName: %1$s
                      containers:
                      - name: web
                        image: example/web:1.0
                        args: ["--listen", ":8080"]
                        ports:
                        - containerPort: 8080
                        envFrom:
                        - configMapRef:
                            name: settings
                        resources:
                          requests: {cpu: 100m, memory: 64Mi}
                          limits: {memory: 128Mi}
                        readinessProbe:
                          httpGet: {path: /healthz, port: 8080}
                """.formatted(name);
    }

    private static String service(String name) {
        return """
                apiVersion: v1
                kind: Service
                metadata:
                  name: %1$s
                spec:
                  selector:
                    name: %1$s
                  ports:
                  - port: 80
                    targetPort: 8080
                """.formatted(name);
    }
}
