package dev.holdfast.engine.decide;

import dev.holdfast.model.Discovery;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Ref;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The cluster as it was seen. `listed` are the kinds whose objects with our label were listed to the end and are
/// watched since; of another kind, absence proves nothing. `live` are the objects with our label, and any object
/// with the uid of an inventory entry (it may have lost the label). `probes` are names looked up because {@link
/// Decision.Ask} wanted them. `inside` tells, for a Namespace or a CustomResourceDefinition that may be deleted,
/// what would go with it that is not ours.
public record World(
        Discovery discovery,
        SortedSet<GroupKind> listed,
        SortedMap<Ref, LiveObject> live,
        SortedMap<Ref, Probe> probes,
        SortedMap<Ref, List<String>> inside) {

    public static final World UNSEEN =
            new World(Discovery.EMPTY, new TreeSet<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    public World {
        listed = Collections.unmodifiableSortedSet(new TreeSet<>(listed));
        live = Collections.unmodifiableSortedMap(new TreeMap<>(live));
        probes = Collections.unmodifiableSortedMap(new TreeMap<>(probes));
        inside = Collections.unmodifiableSortedMap(new TreeMap<>(inside));
    }

    /// Whether the absence of an object of this kind is certain. A kind that a group which answered does not serve
    /// has no objects.
    public boolean certain(GroupKind kind) {
        if (!discovery.complete(kind.group())) return false;
        return listed.contains(kind) || discovery.preferred(kind).isEmpty();
    }
}
