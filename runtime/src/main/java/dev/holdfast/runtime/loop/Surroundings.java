package dev.holdfast.runtime.loop;

import dev.holdfast.dialect.AppDefinition;
import dev.holdfast.engine.decide.Wanted;
import dev.holdfast.model.Discovery;
import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Discovery.Scope;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ownership;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.discovery.DiscoveryCache;
import dev.holdfast.runtime.home.Kinds;
import dev.holdfast.runtime.home.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is looked up around a placement, only when something depends on it: whether its namespace or our definition
/// is going, and what else would go with a Namespace or a definition that it is about to delete.
final class Surroundings {

    private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final int NAMED = 50;

    private record Inside(Instant until, List<String> names) {}

    private final Tasks tasks;
    private final Cluster cluster;
    private final DiscoveryCache discovery;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private final Map<Ref, Inside> known = new HashMap<>();
    private final Set<String> established = new HashSet<>();

    Surroundings(Tasks tasks, Cluster cluster, DiscoveryCache discovery) {
        this.tasks = tasks;
        this.cluster = cluster;
        this.discovery = discovery;
        this.monitor = tasks.monitor();
    }

    /// Why an App goes: by itself, or because its namespace or the definition of Apps goes.
    Placement.Ending ending(Placement placement) {
        if (placement.identity().deletedAt().isEmpty()) return Placement.Ending.NONE;
        if (terminating(Address.of(Kinds.DEFINITIONS, "", AppDefinition.NAME))) return Placement.Ending.DEFINITION;
        var namespace = placement.key().app().namespace();
        return terminating(Address.of(Kinds.NAMESPACES, "", namespace))
                ? Placement.Ending.NAMESPACE
                : Placement.Ending.NONE;
    }

    /// @throws FaultException where that can't be read: then nothing is deleted
    private boolean terminating(Address address) {
        return switch (cluster.read(address, Caller.SELF)) {
            case Answer.Done(var _, var body, var _) ->
                body.text("metadata", "deletionTimestamp").isPresent()
                        || body.text("status", "phase")
                                .filter("Terminating"::equals)
                                .isPresent();
            case Answer.Refused(var status) -> {
                if (status.code() == 404) yield true;
                throw new FaultException(Refusals.fault(status, "reading " + address.name(), cluster.name()));
            }
        };
    }

    /// A definition of ours that became established makes the cluster serve more: asked once per definition
    /// version.
    boolean definitionsEstablished(Wanted wanted, Collection<LiveObject> objects) {
        if (!(wanted instanceof Wanted.Known waiting)) return false;
        boolean waits = waiting.good().held().stream()
                .anyMatch(held -> held.fault().code().equals("DefinitionPending"));
        if (!waits) return false;
        boolean any = false;
        for (var live : objects) {
            if (!live.ref().groupKind().equals(GroupKind.DEFINITION)
                    || !live.health().current()) continue;
            boolean news = monitor.hold(() -> established.add(live.uid() + "/" + live.resourceVersion()));
            any |= news;
        }
        if (any) discovery.changed();
        return any;
    }

    /// For each Namespace or definition that may be deleted: what would go with it that is not this placement's.
    SortedMap<Ref, List<String>> inside(
            Placement placement,
            Wanted wanted,
            Optional<Inventory> inventory,
            SortedMap<Ref, LiveObject> live,
            Discovery served) {
        var found = new TreeMap<Ref, List<String>>();
        if (inventory.isEmpty()) return found;
        var stays = new TreeSet<Ref>();
        if (wanted instanceof Wanted.Known kept) {
            kept.good().objects().forEach(object -> stays.add(object.ref()));
            kept.good().held().forEach(object -> stays.add(object.ref()));
        } else if (placement.identity().deletedAt().isEmpty()
                && placement.identity().ending() == Placement.Ending.NONE) {
            return found;
        }
        for (var ref : inventory.get().entries().keySet()) {
            boolean container = ref.groupKind().equals(GroupKind.NAMESPACE)
                    || ref.groupKind().equals(GroupKind.DEFINITION);
            if (container && !stays.contains(ref) && live.containsKey(ref)) {
                found.put(ref, inside(ref, placement.ownership().labelValue(), served));
            }
        }
        return found;
    }

    private List<String> inside(Ref ref, String owner, Discovery served) {
        var now = tasks.now();
        var fresh = monitor.hold(() -> Optional.ofNullable(known.get(ref)).filter(seen -> now.isBefore(seen.until())));
        if (fresh.isPresent()) return fresh.get().names();
        var names = ref.groupKind().equals(GroupKind.NAMESPACE)
                ? inNamespace(ref.name(), owner, served)
                : ofDefinition(ref.name(), owner, served);
        monitor.run(() -> {
            known.values().removeIf(old -> !now.isBefore(old.until()));
            known.put(ref, new Inside(now.plus(FRESH), names));
        });
        return names;
    }

    private List<String> inNamespace(String namespace, String owner, Discovery served) {
        var names = new ArrayList<String>();
        for (var versions : served.resources().values()) {
            var resource = versions.getFirst();
            if (resource.scope() != Scope.NAMESPACED || !resource.verbs().contains("list")) continue;
            if (passing(resource)) continue;
            collect(resource, namespace, owner, names);
        }
        served.failedGroups().forEach(group -> names.add("whatever the API group " + group + " has there"));
        return List.copyOf(names.subList(0, Math.min(NAMED, names.size())));
    }

    /// Of a definition `plural.group`: the objects of its kind.
    private List<String> ofDefinition(String definition, String owner, Discovery served) {
        int dot = definition.indexOf('.');
        var names = new ArrayList<String>();
        for (var versions : served.resources().values()) {
            var resource = versions.getFirst();
            boolean same = dot > 0
                    && resource.plural().equals(definition.substring(0, dot))
                    && resource.gvk().group().equals(definition.substring(dot + 1));
            if (same) collect(resource, "", owner, names);
        }
        return List.copyOf(names.subList(0, Math.min(NAMED, names.size())));
    }

    /// What every namespace has by itself, or what others make and remove again, is no loss to name.
    private static boolean passing(ApiResource resource) {
        return switch (resource.gvk().kind()) {
            case "Event", "EndpointSlice", "Endpoints", "Lease", "PodMetrics", "ControllerRevision" -> true;
            default -> false;
        };
    }

    private void collect(ApiResource resource, String namespace, String owner, List<String> names) {
        Consumer<Mapping> each = object -> {
            if (names.size() >= NAMED || ofNamespaceItself(resource, object)) return;
            var metadata = object.mapping("metadata");
            boolean ours = metadata.text("labels", Ownership.OWNER_LABEL)
                    .filter(owner::equals)
                    .isPresent();
            boolean dependent = !metadata.sequence("ownerReferences").isEmpty();
            if (ours || dependent) return;
            var ref = new Ref(
                    resource.gvk().group(),
                    resource.gvk().kind(),
                    metadata.text("namespace").orElse(""),
                    metadata.text("name").orElse(""));
            names.add(ref.words());
        };
        try {
            cluster.list(new Selection(resource, namespace, "", "", Form.METADATA), Caller.SELF, each);
        } catch (FaultException unreadable) {
            LOG.atDebug().addKeyValue("kind", resource.gvk()).log(unreadable.getMessage());
            names.add(resource.gvk().groupKind() + " objects, which can't be listed");
        }
    }

    private static boolean ofNamespaceItself(ApiResource resource, Mapping object) {
        var name = object.text("metadata", "name").orElse("");
        return switch (resource.gvk().kind()) {
            case "ServiceAccount" -> name.equals("default");
            case "ConfigMap" -> name.equals("kube-root-ca.crt");
            default -> false;
        };
    }
}
