package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.App;
import dev.holdfast.engine.adopt.Foreign;
import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.decide.Holdings;
import dev.holdfast.engine.decide.Observation;
import dev.holdfast.engine.decide.Probe;
import dev.holdfast.engine.decide.Recall;
import dev.holdfast.engine.decide.Wanted;
import dev.holdfast.engine.decide.World;
import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.engine.guard.Siblings;
import dev.holdfast.engine.live.LiveView;
import dev.holdfast.model.Discovery;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Secret;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.discovery.DiscoveryCache;
import dev.holdfast.runtime.home.Refusals;
import dev.holdfast.runtime.inventory.InventoryStore;
import dev.holdfast.runtime.live.Probes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One look at a placement from outside the loop, for `holdfast plan` and `holdfast diff`: reads what the loop
/// reads, with the rights of whoever asks, decides as the loop decides, and writes nothing. What may not be read is
/// left out of the decision, and named.
public final class Preview {

    /// Names and lists that one look may still ask for; more would mean that the decision does not come to an end.
    private static final int ROUNDS = 8;

    private final Tasks tasks;
    private final Cluster cluster;
    private final Secret key;
    private final WriteGate gate;
    private final DiscoveryCache discovery;
    private final Probes probes;
    private final Surroundings surroundings;

    /// @param key the installation's, for digests
    public Preview(Tasks tasks, Cluster cluster, Secret key, WriteGate gate) {
        this.tasks = tasks;
        this.cluster = cluster;
        this.key = key;
        this.gate = gate;
        this.discovery = new DiscoveryCache(tasks, cluster, _ -> {});
        this.probes = new Probes(tasks, cluster);
        this.surroundings = new Surroundings(tasks, cluster, discovery);
    }

    /// What came of it. `objects` are the live objects of the placement as they were read, `live` what the decision
    /// saw of them; `unseen` may not be read, `failed` could not be listed; both took no part in the decision.
    public record Look(
            Placement placement,
            Optional<DesiredSet> desired,
            Decision decision,
            SortedMap<Ref, Mapping> objects,
            SortedMap<Ref, LiveObject> live,
            SortedMap<Ref, Fault> unseen,
            SortedMap<GroupKind, Fault> failed) {}

    public Discovery served() {
        return discovery.current();
    }

    /// What the placement owns.
    /// @throws FaultException where that can't be read
    public static Holdings holdings(InventoryStore inventories, App app, Placement placement) {
        return Observer.judged(inventories.read(placement.key()), app, placement.key());
    }

    /// What a sync would do now: as if somebody asked for one, and the placement were not suspended.
    public static Placement asked(Placement placement) {
        var requests =
                new Placement.Requests(Optional.of("plan"), placement.requests().confirm());
        return Policies.awake(Policies.with(placement, requests));
    }

    /// Why an App goes that is being deleted; where that can't be read: by itself.
    public Placement ending(Placement placement) {
        try {
            return Policies.ending(placement, surroundings.ending(placement));
        } catch (FaultException unreadable) {
            return placement;
        }
    }

    /// What is looked at: nothing is `desired` of a placement that goes; `revisions` are what was rendered, for the
    /// plan and its digest; `siblings` are the other placements of its App.
    public record Subject(
            Placement placement,
            Optional<DesiredSet> desired,
            Holdings held,
            List<Revision> revisions,
            Siblings siblings) {}

    public Look look(Subject subject) {
        var served = discovery.current();
        var seen = new PreviewObjects(cluster, subject.placement().ownership());
        var names = names(subject.desired(), subject.held());
        var wanted = wanted(subject.desired(), subject.revisions());
        for (var resource : Observer.resources(wanted, subject.held(), served).values()) {
            seen.read(resource, of(resource.gvk().groupKind(), names));
        }
        return new Looking(subject, served, seen).look();
    }

    private static SortedSet<Ref> names(Optional<DesiredSet> desired, Holdings holdings) {
        var names = new TreeSet<Ref>();
        desired.ifPresent(set -> set.objects().forEach(object -> names.add(object.ref())));
        Observer.inventory(holdings)
                .ifPresent(inventory -> names.addAll(inventory.entries().keySet()));
        return names;
    }

    private static SortedSet<Ref> of(GroupKind kind, SortedSet<Ref> names) {
        var matching = new TreeSet<Ref>();
        for (var name : names) if (name.groupKind().equals(kind)) matching.add(name);
        return matching;
    }

    private static Wanted wanted(Optional<DesiredSet> desired, List<Revision> revisions) {
        return desired.<Wanted>map(set -> new Wanted.Known(set, revisions, Optional.empty()))
                .orElseGet(() -> new Wanted.Unknown("nothing"));
    }

    /// One look, whose decision may ask for names.
    private final class Looking {

        private final Placement placement;
        private final Optional<DesiredSet> desired;
        private final Holdings held;
        private final List<Revision> revisions;
        private final Siblings siblings;
        private final Discovery served;
        private final PreviewObjects seen;
        private final SortedMap<Ref, Probe> answers = new TreeMap<>();

        private Looking(Subject subject, Discovery served, PreviewObjects seen) {
            this.placement = subject.placement();
            this.desired = subject.desired();
            this.held = subject.held();
            this.revisions = subject.revisions();
            this.siblings = subject.siblings();
            this.served = served;
            this.seen = seen;
        }

        Look look() {
            for (int round = 0; ; round++) {
                var observation = observation();
                var decision = Decision.on(observation);
                if (decision instanceof Decision.Ask(var names) && round < ROUNDS) ask(names);
                else return told(observation, decision);
            }
        }

        private Look told(Observation observation, Decision decision) {
            var bodies = new TreeMap<Ref, Mapping>();
            seen.objects().forEach((ref, whole) -> bodies.put(ref, whole.body()));
            return new Look(
                    placement, visible(), decision, bodies, observation.world().live(), seen.unseen(), seen.failed());
        }

        private Observation observation() {
            var set = visible();
            var wanted = wanted(set, set.map(this::revisions).orElse(revisions));
            var holdings = holdings();
            var live = live(set, holdings);
            var inventory = Observer.inventory(holdings);
            var inside = surroundings.inside(placement, wanted, inventory, live, served);
            var world = new World(served, seen.listed(), live, answers, inside);
            return new Observation(placement, wanted, holdings, world, Recall.NOTHING, gate, siblings, tasks.now());
        }

        private List<Revision> revisions(DesiredSet set) {
            return Observer.revisions(desired.orElse(set), Observer.inventory(held), revisions);
        }

        /// Without what may not be looked at.
        private Optional<DesiredSet> visible() {
            return desired.map(set -> {
                var objects = new ArrayList<>(set.objects());
                objects.removeIf(object -> seen.unseen().containsKey(object.ref()));
                return new DesiredSet(objects, set.held(), set.namespace(), set.digest());
            });
        }

        private Holdings holdings() {
            return switch (held) {
                case Holdings.Lost _ -> held;
                case Holdings.Loaded(var inventory) -> {
                    var entries = new TreeMap<>(inventory.entries());
                    entries.keySet().removeAll(seen.unseen().keySet());
                    yield new Holdings.Loaded(new Inventory(
                            inventory.placement(),
                            inventory.generation(),
                            entries,
                            inventory.revisions(),
                            inventory.operation(),
                            inventory.history()));
                }
            };
        }

        private SortedMap<Ref, LiveObject> live(Optional<DesiredSet> set, Holdings holdings) {
            var view = LiveView.of(placement, key);
            var byRef = set.map(DesiredSet::byRef).orElseGet(TreeMap::new);
            var inventory = Observer.inventory(holdings);
            var live = new TreeMap<Ref, LiveObject>();
            seen.objects().forEach((ref, whole) -> {
                var memory = new LiveView.Memory(
                        Optional.empty(),
                        inventory.flatMap(known -> known.find(ref)),
                        Optional.ofNullable(byRef.get(ref)));
                live.put(ref, view.of(whole.gvk(), whole.body(), memory));
            });
            return live;
        }

        /// Who may list no kind may still read its objects by name.
        private void ask(SortedSet<Ref> names) {
            for (var probe : probes.look(names, served).entrySet()) {
                var ref = probe.getKey();
                var answer = probe.getValue() instanceof Probe.Failed ? read(ref, probe.getValue()) : probe.getValue();
                var uid = Observer.inventory(held)
                        .flatMap(known -> known.find(ref))
                        .flatMap(Inventory.Entry::uid);
                boolean ours = answer instanceof Probe.Present(var object)
                        && uid.filter(object.uid()::equals).isPresent();
                if (ours) readAsOurs(ref);
                answers.put(ref, answer);
            }
        }

        private Probe read(Ref ref, Probe otherwise) {
            var resource = served.preferred(ref.groupKind());
            if (resource.isEmpty()) return otherwise;
            return switch (cluster.read(Address.of(resource.get(), ref.namespace(), ref.name()), Caller.SELF)) {
                case Answer.Done(var _, var body, var _) -> new Probe.Present(Foreign.of(ref, body));
                case Answer.Refused(var status) -> {
                    if (status.code() == 404) yield new Probe.Absent();
                    var fault = Refusals.fault(status, "reading " + ref.words(), cluster.name());
                    if (status.code() == 403) seen.unseen().put(ref, fault);
                    yield new Probe.Failed(fault);
                }
            };
        }

        private void readAsOurs(Ref ref) {
            var resource = served.preferred(ref.groupKind());
            if (resource.isEmpty()) return;
            var answer = cluster.read(Address.of(resource.get(), ref.namespace(), ref.name()), Caller.SELF);
            if (answer instanceof Answer.Done(var _, var body, var _)) seen.found(resource.get(), body);
        }
    }
}
