package dev.holdfast.sandbox.schema;

import dev.holdfast.fields.Schema;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The OpenAPI documents: an index with one document per group version, and the older edition in one piece. Each is
/// made when it is first asked for, and again when a definition has changed what is in it.
public final class OpenApi {

    private static final String EVERYTHING = "";

    private final Realm realm;
    private final Map<String, Made> documents = new ConcurrentHashMap<>();

    public OpenApi(Realm realm) {
        this.realm = realm;
    }

    /// A document and its digest, by which clients tell whether they have it.
    @SuppressWarnings("ArrayRecordComponent")
    public record Document(byte[] bytes, String hash) {
        static Document of(Mapping content) {
            return of(JsonWriter.write(content));
        }

        static Document of(byte[] bytes) {
            return new Document(bytes, Digest.of(bytes).hex().toUpperCase(Locale.ROOT));
        }
    }

    private record Made(List<Schema> source, Document document) {
        boolean isFrom(List<Schema> schemas) {
            if (schemas.size() != source.size()) return false;
            for (int i = 0; i < schemas.size(); i++) {
                if (schemas.get(i) != source.get(i)) return false;
            }
            return true;
        }
    }

    public Document index() {
        var paths = Mapping.builder();
        for (var apiVersion : realm.catalog().apiVersions()) {
            var path = (apiVersion.contains("/") ? "apis/" : "api/") + apiVersion;
            var url = "/openapi/v3/" + path + "?hash=" + version(apiVersion).hash();
            paths.put(path, Mapping.of("serverRelativeURL", Value.of(url)));
        }
        return Document.of(Mapping.of("paths", paths.build()));
    }

    /// The document at `api/v1` or `apis/GROUP/VERSION`.
    public Optional<Document> document(List<String> path) {
        var apiVersion = String.join("/", path.subList(1, path.size()));
        boolean core = path.getFirst().equals("api") && path.size() == 2;
        boolean group = path.getFirst().equals("apis") && path.size() == 3;
        if (!core && !group || !realm.catalog().serves(apiVersion)) return Optional.empty();
        return Optional.of(version(apiVersion));
    }

    private Document version(String apiVersion) {
        return made(apiVersion, realm.catalog().in(apiVersion), Edition.V3);
    }

    /// All of it in the older edition, for older clients.
    public Document older() {
        var types = realm.catalog().apiVersions().stream()
                .flatMap(apiVersion -> realm.catalog().in(apiVersion).stream())
                .toList();
        return made(EVERYTHING, types, Edition.V2);
    }

    /// The older edition as protobuf messages: the only form in which kubectl reads it.
    public Document olderOnTheWire() {
        return Document.of(WireDocument.of(JsonReader.readObject(older().bytes())));
    }

    private Document made(String key, List<ResourceType> types, Edition edition) {
        var schemas = types.stream().map(type -> realm.types().schema(type)).toList();
        var known = documents.get(key);
        if (known != null && known.isFrom(schemas)) return known.document();
        var made = new Made(schemas, Document.of(write(types, edition)));
        documents.put(key, made);
        return made.document();
    }

    private Mapping write(List<ResourceType> types, Edition edition) {
        var schemas = new KindSchemas(realm.types(), edition);
        var paths = Mapping.builder();
        var pathText = new PathText(realm.types(), edition);
        for (var type : types) {
            pathText.write(type, paths);
            schemas.add(type);
        }
        var info = Mapping.builder()
                .put("title", "Kubernetes")
                .put("version", "v1.36.2")
                .build();
        return switch (edition) {
            case V3 ->
                Mapping.builder()
                        .put("openapi", "3.0.0")
                        .put("info", info)
                        .put("paths", paths.build())
                        .put("components", Mapping.of("schemas", schemas.written()))
                        .build();
            case V2 ->
                Mapping.builder()
                        .put("swagger", "2.0")
                        .put("info", info)
                        .put("paths", paths.build())
                        .put("definitions", schemas.written())
                        .put("securityDefinitions", Mapping.of("BearerToken", token()))
                        .put("security", Sequence.of(Mapping.of("BearerToken", Sequence.EMPTY)))
                        .build();
        };
    }

    private static Mapping token() {
        return Mapping.builder()
                .put("type", "apiKey")
                .put("name", "authorization")
                .put("in", "header")
                .build();
    }
}
