package dev.holdfast.cluster;

import dev.holdfast.model.Discovery;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.yaml.JsonReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a cluster serves: two requests to servers that aggregate discovery (Kubernetes 1.26 and later), else one
/// per group version. An unchanged answer is not sent again (ETag).
///
/// A group whose server does not answer is named as failed, together with what was known of it: absence from a list
/// that is not complete must never look like absence from the cluster.
final class DiscoveryReader {

    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    private final Calls calls;
    private volatile Known core = Known.NOTHING;
    private volatile Known groups = Known.NOTHING;

    /// An aggregated answer that the server gave a tag for.
    private record Known(String etag, @Nullable Mapping body) {
        static final Known NOTHING = new Known("", null);
    }

    DiscoveryReader(Calls calls) {
        this.calls = calls;
    }

    Discovery read() {
        var table = new DiscoveryTable();
        core = read("/api", core, table);
        groups = read("/apis", groups, table);
        return table.discovery();
    }

    private Known read(String path, Known known, DiscoveryTable table) {
        var reply = calls.read(request(path, AGGREGATED, known.etag));
        // a proxy or an old server that takes offence at the parameters
        if (reply.status() == 406) reply = calls.read(request(path, Calls.JSON, ""));
        if (reply.status() == 304 && known.body != null) {
            table.aggregated(known.body);
            return known;
        }
        if (!reply.ok()) throw new FaultException(Statuses.fault(Statuses.of(reply), "read what the cluster serves"));
        var body = JsonReader.readObject(reply.body());
        switch (body.text("kind").orElse("")) {
            case "APIGroupDiscoveryList" -> {
                table.aggregated(body);
                return new Known(reply.header("ETag").orElse(""), body);
            }
            case "APIVersions" -> coreVersions(body, table);
            case "APIGroupList" -> groupVersions(body, table);
            default ->
                throw new FaultException(Fault.temporary(
                        "InvalidAnswer",
                        "the answer to GET " + path + " is no list of API groups",
                        "Check that the server's address is that of a Kubernetes API"));
        }
        return Known.NOTHING;
    }

    private static Request request(String path, String accept, String etag) {
        if (etag.isEmpty()) return Calls.get(path, Caller.SELF, accept);
        return Request.get(path, List.of(new Header("Accept", accept), new Header("If-None-Match", etag)));
    }

    private void coreVersions(Mapping body, DiscoveryTable table) {
        for (Value version : body.sequence("versions")) {
            if (version instanceof Value.Text(var text, var _)) groupVersion("", text, table);
        }
    }

    private void groupVersions(Mapping body, DiscoveryTable table) {
        for (Value item : body.sequence("groups")) {
            if (!(item instanceof Mapping group)) continue;
            var name = group.text("name").orElse("");
            if (name.isEmpty()) continue;
            for (var version : preferredFirst(group)) groupVersion(name, version, table);
        }
    }

    private static List<String> preferredFirst(Mapping group) {
        var preferred = group.text("preferredVersion", "version").orElse("");
        var versions = new ArrayList<String>();
        for (Value item : group.sequence("versions")) {
            if (!(item instanceof Mapping version)) continue;
            var text = version.text("version").orElse("");
            if (text.equals(preferred)) versions.addFirst(text);
            else if (!text.isEmpty()) versions.add(text);
        }
        return versions;
    }

    private void groupVersion(String group, String version, DiscoveryTable table) {
        var path = group.isEmpty()
                ? "/api/" + Targets.segment(version)
                : "/apis/" + Targets.segment(group) + "/" + Targets.segment(version);
        Reply reply;
        try {
            reply = calls.read(Calls.get(path, Caller.SELF, Calls.JSON));
        } catch (FaultException unreachable) {
            if (!(unreachable.fault() instanceof Fault.Transient)) throw unreachable;
            table.failed(group);
            return;
        }
        // also 404: the group was in the list a moment ago
        if (!reply.ok()) table.failed(group);
        else table.legacy(group, version, JsonReader.readObject(reply.body()));
    }
}
