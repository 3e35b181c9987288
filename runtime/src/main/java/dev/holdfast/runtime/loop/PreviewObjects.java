package dev.holdfast.runtime.loop;

import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ownership;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Value;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.runtime.home.Refusals;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The objects of one placement, read once with the rights of whoever asks: by its label in all namespaces; where that
/// is not allowed, in the namespaces that matter; where even that is not allowed, name by name.
final class PreviewObjects {

    /// A live object as it was read, in which version.
    record Whole(Gvk gvk, Mapping body) {}

    private final Cluster cluster;
    private final Ownership ownership;
    private final SortedMap<Ref, Whole> objects = new TreeMap<>();
    private final SortedSet<GroupKind> listed = new TreeSet<>();
    private final SortedMap<Ref, Fault> unseen = new TreeMap<>();
    private final SortedMap<GroupKind, Fault> failed = new TreeMap<>();

    PreviewObjects(Cluster cluster, Ownership ownership) {
        this.cluster = cluster;
        this.ownership = ownership;
    }

    SortedMap<Ref, Whole> objects() {
        return objects;
    }

    SortedSet<GroupKind> listed() {
        return listed;
    }

    /// Names that may not be looked at.
    SortedMap<Ref, Fault> unseen() {
        return unseen;
    }

    /// Kinds that could not be listed for another reason.
    SortedMap<GroupKind, Fault> failed() {
        return failed;
    }

    /// @param names the objects of this kind that matter
    void read(ApiResource resource, SortedSet<Ref> names) {
        var kind = resource.gvk().groupKind();
        try {
            if (!list(resource, "")) byNamespace(resource, names);
            listed.add(kind);
        } catch (FaultException broken) {
            failed.put(kind, broken.fault());
        }
    }

    private void byNamespace(ApiResource resource, SortedSet<Ref> names) {
        var namespaces = new TreeMap<String, TreeSet<Ref>>();
        for (var name : names) {
            namespaces.computeIfAbsent(name.namespace(), _ -> new TreeSet<>()).add(name);
        }
        namespaces.forEach((namespace, refs) -> {
            boolean done = !namespace.isEmpty() && list(resource, namespace);
            if (!done) refs.forEach(ref -> read(resource, ref));
        });
    }

    /// Whether that is allowed.
    private boolean list(ApiResource resource, String namespace) {
        var selector = ownership.labelKey() + "=" + ownership.labelValue();
        try {
            cluster.list(
                    new Selection(resource, namespace, selector, "", Form.WHOLE),
                    Caller.SELF,
                    object -> keep(resource, object));
            return true;
        } catch (FaultException refused) {
            if (refused.fault().code().equals("Forbidden")) return false;
            throw refused;
        }
    }

    private void keep(ApiResource resource, Mapping object) {
        var gvk = resource.gvk();
        var ref = new Ref(
                gvk.group(),
                gvk.kind(),
                object.text("metadata", "namespace").orElse(""),
                object.text("metadata", "name").orElse(""));
        // items of a list carry neither
        var body = object.with("apiVersion", Value.of(gvk.apiVersion())).with("kind", Value.of(gvk.kind()));
        objects.put(ref, new Whole(gvk, body));
    }

    private void read(ApiResource resource, Ref ref) {
        switch (cluster.read(Address.of(resource, ref.namespace(), ref.name()), Caller.SELF)) {
            case Answer.Done(var _, var body, var _) -> {
                boolean ours = body.text("metadata", "labels", ownership.labelKey())
                        .filter(ownership.labelValue()::equals)
                        .isPresent();
                if (ours) keep(resource, body);
            }
            case Answer.Refused(var status) -> {
                if (status.code() == 404) return;
                unseen.put(ref, Refusals.fault(status, "reading " + ref.words(), cluster.name()));
            }
        }
    }

    /// An object that lost our label, and has the uid that we know.
    void found(ApiResource resource, Mapping body) {
        keep(resource, body);
    }
}
