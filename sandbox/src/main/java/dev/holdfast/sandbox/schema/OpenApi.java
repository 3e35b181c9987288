package dev.holdfast.sandbox.schema;

import dev.holdfast.fields.Schema;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.yaml.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The OpenAPI documents: an index, and one document per group version with the schemas of its kinds and just
/// enough of its paths for clients to learn what a request may carry. Each is made when it is first asked for.
public final class OpenApi {

    private final Realm realm;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    public OpenApi(Realm realm) {
        this.realm = realm;
    }

    /// A document with what it was made from; it is made again when that is no longer so.
    @SuppressWarnings("ArrayRecordComponent")
    private record Document(List<Schema> source, byte[] json, String hash) {
        boolean isFrom(List<Schema> schemas) {
            if (schemas.size() != source.size()) return false;
            for (int i = 0; i < schemas.size(); i++) {
                if (schemas.get(i) != source.get(i)) return false;
            }
            return true;
        }
    }

    public Mapping index() {
        var paths = Mapping.builder();
        for (var apiVersion : realm.catalog().apiVersions()) {
            var path = (apiVersion.contains("/") ? "apis/" : "api/") + apiVersion;
            var url = "/openapi/v3/" + path + "?hash=" + document(apiVersion).hash();
            paths.put(path, Mapping.of("serverRelativeURL", Value.of(url)));
        }
        return Mapping.of("paths", paths.build());
    }

    /// The document at `api/v1` or `apis/GROUP/VERSION`.
    public Optional<byte[]> document(List<String> path) {
        var apiVersion = String.join("/", path.subList(1, path.size()));
        boolean core = path.getFirst().equals("api") && path.size() == 2;
        boolean group = path.getFirst().equals("apis") && path.size() == 3;
        if (!core && !group || !realm.catalog().serves(apiVersion)) return Optional.empty();
        return Optional.of(document(apiVersion).json());
    }

    private Document document(String apiVersion) {
        var types = realm.catalog().in(apiVersion);
        var schemas = types.stream().map(type -> realm.types().schema(type)).toList();
        var known = documents.get(apiVersion);
        if (known != null && known.isFrom(schemas)) return known;
        var json = JsonWriter.write(write(apiVersion, types));
        var made = new Document(schemas, json, Digest.of(json).hex().toUpperCase(Locale.ROOT));
        documents.put(apiVersion, made);
        return made;
    }

    private Mapping write(String apiVersion, List<ResourceType> types) {
        var paths = Mapping.builder();
        var named = new TreeSet<String>();
        var written = new TreeMap<String, Mapping>();
        for (var type : types) {
            path(type).forEach(field -> paths.put(field.key(), field.value()));
            root(type, named, written);
        }
        // names that are referred to, and what these refer to
        for (var name = named.pollFirst(); name != null; name = named.pollFirst()) {
            if (written.containsKey(name)) continue;
            var found = realm.types().named(name);
            written.put(name, found == null ? Mapping.EMPTY : new TypeText(named).of(found));
            named.removeAll(written.keySet());
        }
        var info = Mapping.builder()
                .put("title", "Kubernetes")
                .put("version", "v1.36.2")
                .build();
        return Mapping.builder()
                .put("openapi", "3.0.0")
                .put("info", info)
                .put("paths", paths.build())
                .put("components", Mapping.of("schemas", Mapping.of(written)))
                .build();
    }

    /// The schema of a kind, under the name that references to it use.
    private void root(ResourceType type, TreeSet<String> named, TreeMap<String, Mapping> written) {
        var schema = realm.types().schema(type);
        var name = name(type.gvk());
        var text = new TypeText(named);
        Mapping body;
        if (schema.root() instanceof dev.holdfast.fields.Type.Named reference) {
            name = reference.name();
            var found = realm.types().named(name);
            body = found == null ? Mapping.EMPTY : text.of(found);
        } else {
            body = text.of(schema.root());
        }
        written.put(name, body.with("x-kubernetes-group-version-kind", Sequence.of(gvk(type.gvk()))));
    }

    /// `com.example.v1.Widget`: the group's labels in reverse.
    private static String name(Gvk gvk) {
        var labels = List.of(gvk.group().split("\\.")).reversed();
        return (gvk.group().isEmpty() ? "io.k8s.api.core" : String.join(".", labels)) + "." + gvk.version() + "."
                + gvk.kind();
    }

    private static Mapping gvk(Gvk gvk) {
        return Mapping.builder()
                .put("group", gvk.group())
                .put("version", gvk.version())
                .put("kind", gvk.kind())
                .build();
    }

    private static Mapping path(ResourceType type) {
        var root = type.group().isEmpty() ? "/api/" : "/apis/";
        var collection =
                root + type.apiVersion() + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
        var paths = Mapping.builder();
        var many = Mapping.builder();
        if (type.allows("list")) many.put("get", operation(type, "list"));
        if (type.allows("create")) many.put("post", operation(type, "post"));
        paths.put(collection, many.build());
        var one = Mapping.builder();
        if (type.allows("get")) one.put("get", operation(type, "get"));
        if (type.allows("update")) one.put("put", operation(type, "put"));
        if (type.allows("patch")) one.put("patch", operation(type, "patch"));
        if (type.allows("delete")) one.put("delete", operation(type, "delete"));
        return paths.put(collection + "/{name}", one.build()).build();
    }

    private static Mapping operation(ResourceType type, String action) {
        var parameters = new ArrayList<Value>();
        if (!action.equals("get") && !action.equals("list")) {
            for (var name : List.of("dryRun", "fieldManager", "fieldValidation"))
                parameters.add(parameter(name, "string"));
            if (action.equals("patch")) parameters.add(parameter("force", "boolean"));
        }
        return Mapping.builder()
                .put("operationId", action + type.kind())
                .put("parameters", Value.of(parameters))
                .put("responses", Mapping.EMPTY)
                .put("x-kubernetes-action", action)
                .put("x-kubernetes-group-version-kind", gvk(type.gvk()))
                .build();
    }

    private static Mapping parameter(String name, String type) {
        return Mapping.builder()
                .put("name", name)
                .put("in", "query")
                .put("schema", Mapping.of("type", Value.of(type)))
                .build();
    }
}
