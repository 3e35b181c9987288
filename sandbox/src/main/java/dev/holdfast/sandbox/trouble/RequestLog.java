package dev.holdfast.sandbox.trouble;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;

/// Counts requests: per verb, object, client and answer. What a program claims about its own thrift is checked
/// here.
public final class RequestLog {

    /// A kind of request that is counted. `verb` is Kubernetes' word, and `apply` for server-side applies;
    /// `resource` is `deployments.apps/scale` or, for paths that are no resources, the path.
    public record Entry(
            String verb, String resource, String namespace, String name, String user, String agent, int status) {}

    private final Map<Entry, LongAdder> counts = new ConcurrentHashMap<>();

    public void add(Entry entry) {
        counts.computeIfAbsent(entry, _ -> new LongAdder()).increment();
    }

    public void reset() {
        counts.clear();
    }

    public long total() {
        return count(_ -> true);
    }

    public long count(Predicate<Entry> wanted) {
        long total = 0;
        for (var counted : counts.entrySet()) {
            if (wanted.test(counted.getKey())) total += counted.getValue().sum();
        }
        return total;
    }

    /// Requests with this verb for this resource (`deployments.apps`).
    public long count(String verb, String resource) {
        return count(entry -> entry.verb().equals(verb) && entry.resource().equals(resource));
    }

    /// Counts by whatever the function says, in order of it.
    public Map<String, Long> by(Function<Entry, String> part, Predicate<Entry> wanted) {
        var sums = new TreeMap<String, Long>();
        counts.forEach((entry, count) -> {
            if (wanted.test(entry)) sums.merge(part.apply(entry), count.sum(), Long::sum);
        });
        return sums;
    }

    /// Everything, for the admin endpoint.
    public Mapping report(Predicate<Entry> wanted) {
        var objects = new ArrayList<Value>();
        by(entry -> entry.resource() + "\0" + entry.namespace() + "\0" + entry.name() + "\0" + entry.verb(), wanted)
                .forEach((key, count) -> {
                    var parts = key.split("\0", -1);
                    objects.add(Mapping.builder()
                            .put("resource", parts[0])
                            .put("namespace", parts[1])
                            .put("name", parts[2])
                            .put("verb", parts[3])
                            .put("count", count)
                            .build());
                });
        return Mapping.builder()
                .put("total", count(wanted))
                .put("verbs", written(by(Entry::verb, wanted)))
                .put("resources", written(by(entry -> entry.verb() + " " + entry.resource(), wanted)))
                .put("users", written(by(Entry::user, wanted)))
                .put("agents", written(by(Entry::agent, wanted)))
                .put("statuses", written(by(entry -> Integer.toString(entry.status()), wanted)))
                .put("objects", Value.of(objects))
                .build();
    }

    private static Mapping written(Map<String, Long> counts) {
        var written = Mapping.builder();
        counts.forEach(written::put);
        return written.build();
    }
}
