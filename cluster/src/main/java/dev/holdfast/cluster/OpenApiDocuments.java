package dev.holdfast.cluster;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Tasks;
import dev.holdfast.yaml.JsonReader;
import java.util.LinkedHashMap;
import java.util.Optional;

/// The server's OpenAPI v3 documents, one per group version. The index names a hash for each; the bytes of a
/// document are kept as long as its hash stays, within a bound, and parsed when asked for: as a tree they would be
/// ten times as large.
final class OpenApiDocuments {

    private static final long KEPT_BYTES = 16L << 20;
    private static final String INDEX = "/openapi/v3";

    private final Calls calls;
    private final Tasks.Monitor monitor;
    /// By URL with its hash, the oldest first.
    private final LinkedHashMap<String, byte[]> kept = new LinkedHashMap<>();

    OpenApiDocuments(Calls calls) {
        this.calls = calls;
        this.monitor = calls.tasks().monitor();
    }

    Optional<Mapping> read(String apiVersion) {
        var index = fetch(INDEX, "read the index of its OpenAPI documents");
        if (index.isEmpty()) return Optional.empty();
        var path = apiVersion.contains("/") ? "apis/" + apiVersion : "api/" + apiVersion;
        var url = JsonReader.readObject(index.get()).mapping("paths", path).text("serverRelativeURL");
        // a path on this server and nothing else
        if (url.isEmpty() || !url.get().startsWith("/openapi/v3/")) return Optional.empty();
        var known = monitor.hold(() -> Optional.ofNullable(kept.get(url.get())));
        if (known.isPresent()) return known.map(JsonReader::readObject);
        var document = fetch(url.get(), "read the OpenAPI document of " + apiVersion);
        document.ifPresent(bytes -> {
            if (url.get().contains("hash=")) monitor.run(() -> keep(url.get(), bytes));
        });
        return document.map(JsonReader::readObject);
    }

    private Optional<byte[]> fetch(String target, String what) {
        var reply = calls.read(Calls.get(target, Caller.SELF, Calls.JSON));
        if (reply.ok()) return Optional.of(reply.body());
        if (reply.status() == 404) return Optional.empty();
        throw new FaultException(Statuses.fault(Statuses.of(reply), what));
    }

    private void keep(String url, byte[] document) {
        // an older document of the same group version has the same path and another hash
        var path = url.substring(0, url.indexOf('?') + 1);
        kept.keySet().removeIf(other -> other.startsWith(path));
        kept.put(url, document);
        long sum = kept.values().stream().mapToLong(bytes -> bytes.length).sum();
        while (sum > KEPT_BYTES) sum -= kept.pollFirstEntry().getValue().length;
    }
}
