package dev.holdfast.runtime.live;

import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ownership;
import dev.holdfast.model.Ref;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the labelled objects of one kind, for all placements, on one task.
final class KindWatch implements Cluster.Follower {

    private static final Logger LOG = LoggerFactory.getLogger(KindWatch.class);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final Tasks tasks;
    private final Cluster cluster;
    private final ApiResource resource;
    private final LiveReader reader;
    private final LiveListener listener;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private final KindObjects objects = new KindObjects();
    /// Objects that we delete ourselves: their end needs no second look.
    private final Set<String> leaving = new TreeSet<>();
    private boolean complete;
    private Optional<Fault> fault = Optional.empty();
    private Tasks.@Nullable Task task;

    KindWatch(Tasks tasks, Cluster cluster, ApiResource resource, LiveReader reader, LiveListener listener) {
        this.tasks = tasks;
        this.cluster = cluster;
        this.resource = resource;
        this.reader = reader;
        this.listener = listener;
        this.monitor = tasks.monitor();
    }

    void start() {
        var started = tasks.spawn("watch " + resource.gvk(), this::run);
        monitor.run(() -> task = started);
    }

    void stop() {
        monitor.hold(() -> Optional.ofNullable(task)).ifPresent(Tasks.Task::cancel);
    }

    private void run() {
        while (true) {
            try {
                cluster.follow(new Selection(resource, "", Ownership.OWNER_LABEL, "", Form.WHOLE), this);
            } catch (FaultException refused) {
                failed(refused.fault());
            }
            tasks.sleepUntil(tasks.now().plus(AGAIN));
        }
    }

    ApiResource resource() {
        return resource;
    }

    boolean complete() {
        return monitor.hold(() -> complete);
    }

    /// Why this kind can't be listed, if so.
    Optional<Fault> fault() {
        return monitor.hold(() -> fault);
    }

    TreeMap<Ref, LiveObject> objects(String placementId) {
        return monitor.hold(() -> objects.of(placementId).byRef());
    }

    /// The answer to a write of ours; wakes nobody, because who wrote goes on by himself.
    void accept(String placementId, Mapping object) {
        reader.read(placementId, resource.gvk(), object).ifPresent(read -> accept(placementId, read));
    }

    void accept(String placementId, LiveObject live) {
        monitor.run(() -> objects.put(placementId, live));
    }

    /// A delete of ours is about to be sent.
    void deleting(String uid) {
        monitor.run(() -> {
            if (objects.find(uid) != null) leaving.add(uid);
        });
    }

    /// It was refused.
    void staying(String uid) {
        monitor.run(() -> leaving.remove(uid));
    }

    /// The server says that an object of ours is gone, or we let it go; wakes nobody.
    void left(String uid) {
        monitor.run(() -> {
            leaving.remove(uid);
            objects.remove(uid, "");
        });
    }

    /// A placement that is new here: what carries its label was a stranger's until now.
    void introduce(String placementId) {
        for (var stranger : monitor.hold(() -> objects.strangersOf(placementId))) {
            var answer = cluster.read(Address.of(resource, stranger.namespace(), stranger.name()), Caller.SELF);
            if (answer instanceof Answer.Done(var _, var body, var _)) put(body);
        }
    }

    /// A placement that is gone from here: its objects are strangers.
    void dismiss(String placementId) {
        monitor.run(() -> objects.dismiss(placementId));
    }

    /// Reads an object anew, because how it is read has changed, or it may be gone.
    void reread(Ref ref, String uid) {
        var answer = cluster.read(Address.of(resource, ref.namespace(), ref.name()), Caller.SELF);
        if (answer instanceof Answer.Done(var _, var body, var _)
                && KindObjects.uid(body).equals(uid)) {
            put(body);
        } else if (answer instanceof Answer.Done
                || answer instanceof Answer.Refused(var status) && status.code() == 404) {
            removed(uid, "");
        }
    }

    @Override
    public boolean knows(String uid, String resourceVersion) {
        return monitor.hold(() -> objects.knows(uid, resourceVersion));
    }

    @Override
    public void listing() {
        monitor.run(objects::listing);
    }

    @Override
    public void present(Mapping object) {
        put(object);
    }

    /// The watch says DELETED also when an object lost our label: then it is still there.
    @Override
    public void gone(Mapping object) {
        var uid = KindObjects.uid(object);
        var version = KindObjects.version(object);
        var known = monitor.hold(() -> Optional.ofNullable(objects.find(uid)));
        boolean expected = monitor.hold(() -> leaving.remove(uid));
        if (known.isEmpty() || expected) {
            removed(uid, version);
            return;
        }
        var ref = known.get().ref();
        tasks.spawn("look after " + ref.words(), () -> lookAfter(ref, uid, version));
    }

    @Override
    public void listed(String resourceVersion) {
        var missing = monitor.hold(() -> objects.listed(resourceVersion));
        for (var uid : missing) {
            var known = monitor.hold(() -> Optional.ofNullable(objects.find(uid)));
            known.ifPresent(live -> lookAfter(live.ref(), uid, resourceVersion));
        }
        boolean first = monitor.hold(() -> {
            boolean was = complete;
            complete = true;
            fault = Optional.empty();
            return !was;
        });
        if (first) listener.settled(resource.gvk());
    }

    @Override
    public void interrupted(Fault trouble) {
        LOG.atDebug()
                .addKeyValue("kind", resource.gvk())
                .addKeyValue("fault", trouble.code())
                .log(trouble.sentence());
        boolean news = monitor.hold(() -> {
            boolean first = !complete && fault.isEmpty();
            fault = Optional.of(trouble);
            return first;
        });
        if (news) listener.settled(resource.gvk());
    }

    private void failed(Fault refused) {
        LOG.atWarn()
                .addKeyValue("kind", resource.gvk())
                .addKeyValue("fault", refused.code())
                .log(refused.sentence());
        monitor.run(() -> {
            complete = false;
            fault = Optional.of(refused);
        });
        if (refused.code().equals("NotFound")) listener.vanished(resource.gvk());
        listener.settled(resource.gvk());
    }

    private void lookAfter(Ref ref, String uid, String version) {
        try {
            var answer = cluster.read(Address.of(resource, ref.namespace(), ref.name()), Caller.SELF);
            if (answer instanceof Answer.Done(var _, var body, var _)
                    && KindObjects.uid(body).equals(uid)) {
                put(body);
                return;
            }
        } catch (FaultException unknown) {
            // whether it is there is not known now; the watch's own word stands
            LOG.atDebug().addKeyValue("object", ref).log(unknown.getMessage());
        }
        removed(uid, version);
    }

    private void put(Mapping object) {
        var uid = KindObjects.uid(object);
        var label = object.text("metadata", "labels", Ownership.OWNER_LABEL);
        var known = monitor.hold(() -> objects.placementOf(uid));
        // one that lost or changed its label still belongs to whoever knew it, until that one says otherwise
        var placementId = known.or(() -> label).orElse("");
        var live = reader.read(placementId, resource.gvk(), object);
        if (live.isEmpty()) {
            monitor.run(() -> objects.stranger(KindObjects.Stranger.of(placementId, object)));
            return;
        }
        var touched = monitor.hold(() -> objects.put(placementId, live.get()));
        touched.forEach(listener::changed);
    }

    private void removed(String uid, String version) {
        monitor.hold(() -> objects.remove(uid, version)).ifPresent(listener::changed);
    }
}
