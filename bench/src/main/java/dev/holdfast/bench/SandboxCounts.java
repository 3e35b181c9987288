package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Requests as the sandbox's own log has them.
final class SandboxCounts implements RequestCounts {

    private final BareClient client;

    SandboxCounts(BareClient client) {
        this.client = client;
    }

    @Override
    public void reset() {
        client.send(List.of(BareClient.create("/sandbox/log/reset", Mapping.EMPTY)));
    }

    @Override
    public Map<String, Long> byKind() {
        var counts = new TreeMap<String, Long>();
        for (var agent : client.get("/sandbox/log").mapping("agents").keys()) {
            if (agent.startsWith(BareClient.AGENT_NAME) || agent.isEmpty()) continue;
            var report = client.get("/sandbox/log?agent=" + URLEncoder.encode(agent, StandardCharsets.UTF_8));
            for (var field : report.mapping("resources")) {
                counts.merge(field.key(), field.value().asWhole().orElse(0L), Long::sum);
            }
        }
        return counts;
    }
}
