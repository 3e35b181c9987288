package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.realm.Realm;
import java.util.List;
import java.util.Set;

/// What the server refuses although the object itself is in order: content in a namespace that is missing or
/// ending, and the end of a namespace that it needs itself.
public final class Admission {

    private static final Set<String> KEPT = Set.of("default", "kube-system", "kube-public");

    private final Realm realm;
    private final Quota quota;
    private final PodAdmission pods;
    private final ServicePorts ports;

    public Admission(Realm realm) {
        this.realm = realm;
        this.quota = new Quota(realm);
        this.pods = new PodAdmission(realm);
        this.ports = new ServicePorts(realm);
    }

    /// A new object as it was sent.
    void asked(Target target, Mapping object) {
        ports.check(target, object);
    }

    /// A new object that is complete, with what the cluster adds to it.
    Mapping admitted(Target target, Mapping object) {
        return target.type().qualified().equals("pods") ? pods.admitted(target, object) : object;
    }

    /// A changed object, before it is judged.
    void changed(Target target, Mapping object) {
        ports.check(target, object);
    }

    /// A new object that is complete, before it is stored.
    void room(Target target, Mapping object) {
        quota.check(target, object);
    }

    void create(Target target) {
        if (!target.type().namespaced()) return;
        var namespace = realm.store().shelf("namespaces").get(target.namespace());
        if (namespace == null) throw Refusal.notFound(new Subject(target.namespace(), "", "namespaces"));
        if (Meta.terminating(namespace.tree())) throw terminating(target);
    }

    static Refusal terminating(Target target) {
        var namespace = target.namespace();
        return Refusal.forbidden(
                target.subject(),
                "unable to create new content in namespace " + namespace + " because it is being terminated",
                List.of(new Cause(
                        "NamespaceTerminating",
                        "namespace " + namespace + " is being terminated",
                        "metadata.namespace")));
    }

    void delete(Target target) {
        if (target.type().qualified().equals("namespaces") && KEPT.contains(target.name())) {
            throw Refusal.forbidden(target.subject(), "this namespace may not be deleted");
        }
    }
}
