package dev.holdfast.runtime.discovery;

import dev.holdfast.fields.OpenApiSchemas;
import dev.holdfast.fields.Schema;
import dev.holdfast.fields.Schemas;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Tasks;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The schemas of the cluster, one OpenAPI document per group version, read when a kind of it is first checked and
/// again when discovery changed. Where there is none, nothing is known and nothing refused.
public final class SchemaCache implements Schemas {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaCache.class);

    private final Cluster cluster;
    private final Tasks.Permits reading;
    private final Tasks.Monitor monitor;
    private final Map<String, Schemas> byVersion = new HashMap<>();

    public SchemaCache(Tasks tasks, Cluster cluster) {
        this.cluster = cluster;
        this.reading = tasks.permits(1);
        this.monitor = tasks.monitor();
    }

    @Override
    public Optional<Schema> find(Gvk gvk) {
        return schemas(gvk.apiVersion()).find(gvk);
    }

    /// What is served has changed: definitions may have other schemas now.
    public void changed() {
        monitor.run(() -> byVersion.keySet().removeIf(SchemaCache::byDefinition));
    }

    /// The schemas of what Kubernetes itself serves change with the server only.
    private static boolean byDefinition(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash > 0
                && apiVersion.lastIndexOf('.', slash) > 0
                && !apiVersion.substring(0, slash).endsWith(".k8s.io");
    }

    private Schemas schemas(String apiVersion) {
        var known = monitor.hold(() -> Optional.ofNullable(byVersion.get(apiVersion)));
        if (known.isPresent()) return known.get();
        reading.acquire();
        try {
            var meanwhile = monitor.hold(() -> Optional.ofNullable(byVersion.get(apiVersion)));
            return meanwhile.isPresent() ? meanwhile.get() : read(apiVersion);
        } finally {
            reading.release();
        }
    }

    private Schemas read(String apiVersion) {
        try {
            Schemas read = cluster.openApi(apiVersion)
                    .<Schemas>map(OpenApiSchemas::parse)
                    .orElse(Schemas.NONE);
            monitor.run(() -> byVersion.put(apiVersion, read));
            return read;
        } catch (FaultException unreadable) {
            LOG.atDebug().addKeyValue("version", apiVersion).log("no schema: {}", unreadable.getMessage());
            // what the server refuses to tell it will refuse again; what got lost is asked for again
            if (!(unreadable.fault() instanceof Fault.Transient)) {
                monitor.run(() -> byVersion.put(apiVersion, Schemas.NONE));
            }
            return Schemas.NONE;
        }
    }
}
