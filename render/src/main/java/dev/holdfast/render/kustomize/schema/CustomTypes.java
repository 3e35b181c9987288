package dev.holdfast.render.kustomize.schema;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The types of an OpenAPI document that a kustomization brings along (`openapi.path`).
final class CustomTypes {

    private static final String REFERENCE = "#/definitions/";
    private static final String KINDS = "x-kubernetes-group-version-kind";
    /// A chain of references longer than this is a circle.
    private static final int MOST_REFERENCES = 32;

    private final Beside beside;
    private final Mapping definitions;
    private final Map<String, Definition> types = new LinkedHashMap<>();
    private final Map<String, Boolean> namespaced = new TreeMap<>();

    /// Whether Kubernetes' own types are known, too; they win.
    enum Beside {
        KUBERNETES,
        NOTHING
    }

    CustomTypes(Mapping document, Beside beside) {
        this.beside = beside;
        this.definitions = document.mapping("definitions");
        for (var definition : definitions) {
            if (!(definition.value() instanceof Mapping type)) continue;
            for (var kind : type.sequence(KINDS).mappings()) {
                name(kind).ifPresent(name -> types.put(name, new Schema(type)));
            }
        }
        for (var path : document.mapping("paths")) {
            if (!(path.value() instanceof Mapping operations)) continue;
            var name = name(operations.mapping("get", KINDS));
            if (name.isEmpty()) continue;
            if (path.key().contains("namespaces/{namespace}")) namespaced.put(name.get(), true);
            else namespaced.putIfAbsent(name.get(), false);
        }
    }

    private static Optional<String> name(Mapping kind) {
        if (kind.text("version").isEmpty() || kind.text("kind").isEmpty()) return Optional.empty();
        var group = kind.text("group").orElse("");
        var version = kind.text("version").orElseThrow();
        return Optional.of(
                (group.isEmpty() ? version : group + "/" + version) + " " + kind.text("kind").orElseThrow());
    }

    @Nullable Definition type(String apiVersion, String kind) {
        var known = beside == Beside.KUBERNETES ? KubernetesTypes.type(apiVersion, kind) : null;
        return known != null ? known : types.get(apiVersion + " " + kind);
    }

    @Nullable Boolean namespaced(String apiVersion, String kind) {
        return namespaced.get(apiVersion + " " + kind);
    }

    private @Nullable Definition resolved(@Nullable Value value) {
        Value at = value;
        for (int i = 0; i < MOST_REFERENCES && at instanceof Mapping schema; i++) {
            var reference = schema.text("$ref");
            if (reference.isEmpty()) return new Schema(schema);
            if (!reference.get().startsWith(REFERENCE)) return null;
            var name = reference.get().substring(REFERENCE.length());
            var part = beside == Beside.KUBERNETES ? KubernetesTypes.part(name) : null;
            if (part != null) return part;
            at = definitions.get(name);
        }
        return null;
    }

    private final class Schema implements Definition {
        private final Mapping schema;

        Schema(Mapping schema) {
            this.schema = schema;
        }

        @Override
        public @Nullable Definition field(String name) {
            var property = schema.mapping("properties").get(name);
            return resolved(property != null ? property : schema.get("additionalProperties"));
        }

        @Override
        public @Nullable Definition items() {
            boolean list = schema.text("type").orElse("").equals("array");
            return list ? resolved(schema.get("items")) : null;
        }

        @Override
        public boolean merges() {
            for (var strategy : schema.text("x-kubernetes-patch-strategy").orElse("").split(",")) {
                if (strategy.equals("merge")) return true;
            }
            return false;
        }

        @Override
        public List<String> keys() {
            if (schema.get("x-kubernetes-list-map-keys") instanceof Sequence listed) {
                var keys = new ArrayList<String>();
                for (var key : listed) key.asText().ifPresent(keys::add);
                return keys;
            }
            return schema.text("x-kubernetes-patch-merge-key").map(List::of).orElse(List.of());
        }
    }
}
