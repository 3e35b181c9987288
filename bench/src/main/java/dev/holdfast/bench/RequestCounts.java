package dev.holdfast.bench;

import dev.holdfast.model.Mapping;
import java.util.Map;
import java.util.TreeMap;

/// Requests as they were counted on the server's side, never as the program under test says: those of everybody but
/// the benchmark itself and the sandbox's own controllers.
interface RequestCounts {

    void reset();

    /// `verb resource` to count.
    Map<String, Long> byKind();

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
