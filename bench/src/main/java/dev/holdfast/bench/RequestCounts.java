package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Requests as the server counted them, never as the program under test says: those of everybody but the benchmark
/// itself and the sandbox's own controllers.
final class RequestCounts {

    private final BareClient client;

    RequestCounts(BareClient client) {
        this.client = client;
    }

    void reset() {
        client.send(List.of(BareClient.create("/sandbox/log/reset", Mapping.EMPTY)));
    }

    /// `verb resource` to count.
    Map<String, Long> byKind() {
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

    static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Without watches and the lease, which may go on for ever.
    static Map<String, Long> withoutStanding(Map<String, Long> counts) {
        var rest = new TreeMap<>(counts);
        rest.keySet().removeIf(kind -> kind.startsWith("watch ") || kind.contains("leases.coordination.k8s.io"));
        return rest;
    }

    static Mapping written(Map<String, Long> counts) {
        var written = Mapping.builder();
        counts.forEach(written::put);
        return written.build();
    }
}
