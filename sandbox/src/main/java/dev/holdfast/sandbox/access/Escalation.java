package dev.holdfast.sandbox.access;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.store.Store;
import java.util.List;
import java.util.Set;

/// Nobody grants more than they have: neither by writing a role, nor by binding one.
public final class Escalation {

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final Set<String> ROLES = Set.of("roles", "clusterroles");
    private static final Set<String> BINDINGS = Set.of("rolebindings", "clusterrolebindings");

    private final Store store;
    private final Rights rights;

    public Escalation(Store store, Rights rights) {
        this.store = store;
        this.rights = rights;
    }

    /// Whether writing to a resource can grant anything.
    public static boolean concerns(String group, String resource) {
        return group.equals(RBAC) && (ROLES.contains(resource) || BINDINGS.contains(resource));
    }

    /// Judges an object as it is to be stored.
    public void check(User user, Attributes write, Mapping object) {
        if (user.in(User.MASTERS)) return;
        if (ROLES.contains(write.resource())) {
            var wanted = new Attributes("escalate", RBAC, write.resource(), "", write.namespace(), write.name(), "");
            if (!rights.allowed(user, wanted)) covered(user, write, Policy.of(object));
            return;
        }
        var role = object.mapping("roleRef");
        boolean local = role.text("kind").orElse("").equals("Role");
        var resource = local ? "roles" : "clusterroles";
        var name = role.text("name").orElse("");
        var wanted = new Attributes("bind", RBAC, resource, "", write.namespace(), name, "");
        if (rights.allowed(user, wanted)) return;
        var item = store.shelf(resource + "." + RBAC).get(local ? write.namespace() + "/" + name : name);
        covered(user, write, item == null ? List.of() : Policy.of(item.tree()));
    }

    private void covered(User user, Attributes write, List<Policy> granted) {
        var held = rights.policies(user, write.namespace());
        for (var policy : granted) {
            if (Policy.covered(policy, held)) continue;
            throw Refusal.forbidden(
                    new Subject(write.name(), RBAC, write.resource()),
                    "user \"" + user.name() + "\" is attempting to grant RBAC permissions not currently held: "
                            + "resources " + policy.resources() + " of groups " + policy.groups() + ", verbs "
                            + policy.verbs());
        }
    }
}
