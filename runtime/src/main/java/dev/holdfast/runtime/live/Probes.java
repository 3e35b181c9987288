package dev.holdfast.runtime.live;

import dev.holdfast.engine.adopt.Foreign;
import dev.holdfast.engine.decide.Probe;
import dev.holdfast.model.Discovery;
import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Ref;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.home.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Names that no watch of ours shows: looked up at first apply by one metadata list per kind, which all placements
/// share that ask within a short time, and which is forgotten then.
public final class Probes {

    private static final Duration SHARED = Duration.ofSeconds(10);

    /// `outdated` are names that were written since.
    private record Listed(Instant until, Map<Ref, Foreign> objects, Set<Ref> outdated) {}

    private final Tasks tasks;
    private final Cluster cluster;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private final Map<GroupKind, Listed> lists = new HashMap<>();
    private final Map<GroupKind, Tasks.Permits> listing = new HashMap<>();

    public Probes(Tasks tasks, Cluster cluster) {
        this.tasks = tasks;
        this.cluster = cluster;
        this.monitor = tasks.monitor();
    }

    public SortedMap<Ref, Probe> look(SortedSet<Ref> names, Discovery discovery) {
        var kinds = new TreeMap<GroupKind, TreeSet<Ref>>();
        for (var name : names) {
            kinds.computeIfAbsent(name.groupKind(), _ -> new TreeSet<>()).add(name);
        }
        var found = new TreeMap<Ref, Probe>();
        kinds.forEach((kind, refs) -> {
            var resource = discovery.preferred(kind);
            for (var ref : refs)
                found.put(ref, resource.map(known -> look(ref, known)).orElseGet(Probe.Absent::new));
        });
        return found;
    }

    private Probe look(Ref ref, ApiResource resource) {
        try {
            var objects = list(resource);
            var listed = monitor.hold(() -> Optional.ofNullable(lists.get(ref.groupKind())));
            boolean outdated = monitor.hold(
                    () -> listed.filter(list -> list.outdated().contains(ref)).isPresent());
            if (outdated) return read(ref, resource);
            var object = objects.get(ref);
            return object == null ? new Probe.Absent() : new Probe.Present(object);
        } catch (FaultException failed) {
            return new Probe.Failed(failed.fault());
        }
    }

    private Probe read(Ref ref, ApiResource resource) {
        return switch (cluster.read(Address.of(resource, ref.namespace(), ref.name()), Caller.SELF)) {
            case Answer.Done(var _, var body, var _) -> new Probe.Present(Foreign.of(ref, body));
            case Answer.Refused(var status) -> {
                if (status.code() == 404) yield new Probe.Absent();
                yield new Probe.Failed(Refusals.fault(status, "reading " + ref.words(), cluster.name()));
            }
        };
    }

    private Map<Ref, Foreign> list(ApiResource resource) {
        var kind = resource.gvk().groupKind();
        var shared = fresh(kind);
        if (shared.isPresent()) return shared.get();
        var permits = tasks.permits(1);
        var turn = monitor.hold(() -> listing.computeIfAbsent(kind, _ -> permits));
        turn.acquire();
        try {
            var meanwhile = fresh(kind);
            return meanwhile.isPresent() ? meanwhile.get() : read(resource);
        } finally {
            turn.release();
        }
    }

    private Map<Ref, Foreign> read(ApiResource resource) {
        var kind = resource.gvk().groupKind();
        // counted from before the request: that is how old what it tells may be
        var until = tasks.now().plus(SHARED);
        var objects = new HashMap<Ref, Foreign>();
        cluster.list(new Selection(resource, "", "", "", Form.METADATA), Caller.SELF, object -> {
            var ref = new Ref(
                    kind.group(),
                    kind.kind(),
                    object.text("metadata", "namespace").orElse(""),
                    object.text("metadata", "name").orElse(""));
            objects.put(ref, Foreign.of(ref, object));
        });
        var listed = new Listed(until, objects, new HashSet<>());
        monitor.run(() -> lists.put(kind, listed));
        tasks.spawn("forget the names of " + kind, () -> {
            tasks.sleepUntil(until);
            monitor.run(() -> lists.remove(kind, listed));
        });
        return objects;
    }

    private Optional<Map<Ref, Foreign>> fresh(GroupKind kind) {
        var now = tasks.now();
        return monitor.hold(() -> Optional.ofNullable(lists.get(kind))
                .filter(listed -> now.isBefore(listed.until()))
                .map(Listed::objects));
    }

    /// A name is written: what was listed before says nothing about it any more.
    public void outdated(Ref ref) {
        monitor.run(() -> {
            var listed = lists.get(ref.groupKind());
            if (listed != null) listed.outdated().add(ref);
        });
    }
}
