package dev.holdfast.runtime.story;

import java.util.LinkedHashMap;
import java.util.Map;

/// Manifests for stories.
final class Files {

    private Files() {}

    static String configMap(String name, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {key: " + value + "}\n";
    }

    static String deployment(String name, String replicas) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                %2$s
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: main, image: nginx}]}
                """.formatted(name, replicas.isEmpty() ? "" : "  replicas: " + replicas);
    }

    static String service(String name) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s}
                spec: {clusterIP: None, selector: {app: %1$s}, ports: [{port: 80}]}
                """.formatted(name);
    }

    static String serviceAccount(String name) {
        return "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: " + name + "}\n";
    }

    /// Of `example.com/v1` Widget, whose spec has these properties.
    static String widgetDefinition(String properties) {
        return """
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
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties: {spec: {type: object, properties: {%s}}}
                """.formatted(properties);
    }

    /// The app of the benchmark: four objects.
    static Map<String, String> fourObjects(String folder, String name) {
        var files = new LinkedHashMap<String, String>();
        files.put(folder + "/account.yaml", serviceAccount(name));
        files.put(folder + "/config.yaml", configMap(name, "one"));
        files.put(folder + "/service.yaml", service(name));
        files.put(folder + "/deployment.yaml", deployment(name, "0"));
        return files;
    }
}
