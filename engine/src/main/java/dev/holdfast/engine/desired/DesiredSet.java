package dev.holdfast.engine.desired;

import dev.holdfast.model.DesiredObject;
import dev.holdfast.model.Discovery;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Plan.Held;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Everything that a placement shall consist of. `objects` can be applied, in the order of rank and name; `held`
/// can not, or not yet. `namespace` is the destination's own one, made where it is missing and never owned.
/// `digest` names the whole of what was asked for; it depends on the manifests and the policy only, not on what the
/// cluster happens to serve, so that an object that becomes possible later belongs to the same operation.
public record DesiredSet(
        List<DesiredObject> objects, List<Held> held, Optional<DesiredObject> namespace, String digest) {

    private static final Comparator<DesiredObject> ORDER =
            Comparator.comparingInt(DesiredObject::rank).thenComparing(DesiredObject::ref);

    public DesiredSet {
        var sorted = new ArrayList<>(objects);
        sorted.sort(ORDER);
        objects = List.copyOf(sorted);
        var waiting = new ArrayList<>(held);
        waiting.sort(Comparator.comparing(Held::ref));
        held = List.copyOf(waiting);
    }

    /// Settles scope, namespace, marks and order of rendered manifests.
    /// @throws FaultException terminal `DuplicateObject` where two manifests are the same object, `BadIgnorePath`
    /// where a rule can't be read: then nothing of the set may be applied
    public static DesiredSet settle(List<Manifest> manifests, Discovery discovery, Placement placement, Secret key) {
        return new Settling(discovery, placement, key, Definitions.in(manifests)).settle(manifests);
    }

    /// No object at all: such a render prunes nothing until somebody confirms it.
    public boolean empty() {
        return objects.isEmpty() && held.isEmpty();
    }

    public SortedMap<Ref, DesiredObject> byRef() {
        var byRef = new TreeMap<Ref, DesiredObject>();
        for (var object : objects) byRef.put(object.ref(), object);
        return Collections.unmodifiableSortedMap(byRef);
    }

    /// The kinds that must be listed to the end before anything is decided about them.
    public SortedSet<GroupKind> kinds() {
        var kinds = new TreeSet<GroupKind>();
        for (var object : objects) kinds.add(object.ref().groupKind());
        for (var waiting : held) kinds.add(waiting.ref().groupKind());
        return Collections.unmodifiableSortedSet(kinds);
    }

    /// The same set with these objects held: what a check found before the first write.
    public DesiredSet holding(List<Held> found) {
        if (found.isEmpty()) return this;
        var refs = new TreeSet<Ref>();
        for (var one : found) refs.add(one.ref());
        var rest =
                objects.stream().filter(object -> !refs.contains(object.ref())).toList();
        var more = new ArrayList<>(held);
        more.addAll(found);
        return new DesiredSet(rest, more, namespace, digest);
    }
}
