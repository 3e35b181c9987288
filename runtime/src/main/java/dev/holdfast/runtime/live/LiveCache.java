package dev.holdfast.runtime.live;

import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ref;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Tasks;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The live objects of all placements of one cluster: one watch per kind that anybody owns or wants, in the version
/// that is applied.
public final class LiveCache {

    private final Tasks tasks;
    private final Cluster cluster;
    private final LiveReader reader;
    private final LiveListener listener;
    private final Tasks.Monitor monitor;
    private final TreeMap<Gvk, KindWatch> kinds = new TreeMap<>();

    public LiveCache(Tasks tasks, Cluster cluster, LiveReader reader, LiveListener listener) {
        this.tasks = tasks;
        this.cluster = cluster;
        this.reader = reader;
        this.listener = listener;
        this.monitor = tasks.monitor();
    }

    /// What is known of a kind.
    public sealed interface Standing {
        /// Being listed for the first time; the listener hears when that is over.
        record Listing() implements Standing {}

        /// Listed to the end, watched since.
        record Complete() implements Standing {}

        record Failed(Fault fault) implements Standing {}
    }

    /// Follows a kind from now on.
    public Standing follow(ApiResource resource) {
        var watch = watch(resource);
        if (watch.complete()) return new Standing.Complete();
        return watch.fault().<Standing>map(Standing.Failed::new).orElseGet(Standing.Listing::new);
    }

    /// The objects of a placement of these kinds.
    public TreeMap<Ref, LiveObject> objects(String placementId, Iterable<Gvk> of) {
        var found = new TreeMap<Ref, LiveObject>();
        for (var gvk : of) {
            var watch = monitor.hold(() -> Optional.ofNullable(kinds.get(gvk)));
            watch.ifPresent(known -> found.putAll(known.objects(placementId)));
        }
        return found;
    }

    /// The answer to a write of ours enters like a watch event.
    public void accept(ApiResource resource, String placementId, Mapping object) {
        watch(resource).accept(placementId, object);
    }

    /// As above, read already.
    public void accept(ApiResource resource, String placementId, LiveObject object) {
        watch(resource).accept(placementId, object);
    }

    /// A delete is about to be sent: the object's end will be no surprise.
    public void deleting(ApiResource resource, String uid) {
        watch(resource).deleting(uid);
    }

    /// That delete was refused.
    public void staying(ApiResource resource, String uid) {
        watch(resource).staying(uid);
    }

    /// The object is gone, or was let go.
    public void left(ApiResource resource, String uid) {
        watch(resource).left(uid);
    }

    /// A placement that is new here.
    public void introduce(String placementId) {
        for (var watch : monitor.hold(() -> List.copyOf(kinds.values()))) watch.introduce(placementId);
    }

    /// A placement that nobody works for any more.
    public void dismiss(String placementId) {
        for (var watch : monitor.hold(() -> List.copyOf(kinds.values()))) watch.dismiss(placementId);
    }

    /// Reads a placement's objects anew, because other fields of them matter now.
    public void reread(String placementId) {
        for (var watch : monitor.hold(() -> List.copyOf(kinds.values()))) {
            watch.objects(placementId).forEach((ref, live) -> watch.reread(ref, live.uid()));
        }
    }

    /// Reads one object anew: what we knew of it is not true any more.
    public void reread(LiveObject live) {
        var watch = monitor.hold(() -> Optional.ofNullable(kinds.get(live.gvk())));
        watch.ifPresent(known -> known.reread(live.ref(), live.uid()));
    }

    /// Reads an object that lost our label while nobody watched: it still belongs to whoever knows its uid.
    public void find(ApiResource resource, String placementId, Ref ref) {
        var answer = cluster.read(Address.of(resource, ref.namespace(), ref.name()), Caller.SELF);
        if (answer instanceof Answer.Done(var _, var body, var _)) accept(resource, placementId, body);
    }

    /// Kinds that the server does not serve any more are not followed any longer.
    public void forget(Gvk kind) {
        monitor.hold(() -> Optional.ofNullable(kinds.remove(kind))).ifPresent(KindWatch::stop);
    }

    public void stop() {
        for (var watch : monitor.hold(() -> List.copyOf(kinds.values()))) watch.stop();
    }

    private KindWatch watch(ApiResource resource) {
        var known = monitor.hold(() -> Optional.ofNullable(kinds.get(resource.gvk())));
        if (known.isPresent()) return known.get();
        var fresh = new KindWatch(tasks, cluster, resource, reader, listener);
        var watch = monitor.hold(() -> {
            var other = kinds.putIfAbsent(resource.gvk(), fresh);
            return other == null ? fresh : other;
        });
        if (watch == fresh) fresh.start();
        return watch;
    }
}
