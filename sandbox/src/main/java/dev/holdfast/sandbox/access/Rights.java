package dev.holdfast.sandbox.access;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.SortedTree;
import dev.holdfast.sandbox.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges by the roles and bindings that are stored. What they grant is worked out once and again after a change.
public final class Rights {

    private static final String RBAC = ".rbac.authorization.k8s.io";

    private final Store store;
    private volatile @Nullable Granted granted;

    public Rights(Store store) {
        this.store = store;
    }

    /// Rules that a subject has in one namespace, or (for the empty one) everywhere.
    private record Grant(String namespace, List<Policy> policies) {}

    private record Sources(
            SortedTree<Item> clusterBindings,
            SortedTree<Item> bindings,
            SortedTree<Item> clusterRoles,
            SortedTree<Item> roles) {

        boolean same(Sources other) {
            return clusterBindings == other.clusterBindings
                    && bindings == other.bindings
                    && clusterRoles == other.clusterRoles
                    && roles == other.roles;
        }
    }

    private record Granted(Sources sources, Map<String, List<Grant>> bySubject) {}

    public boolean allowed(User user, Attributes wanted) {
        if (user.in(User.MASTERS)) return true;
        for (var grant : grants(user)) {
            if (!grant.namespace().isEmpty() && !grant.namespace().equals(wanted.namespace())) continue;
            for (var policy : grant.policies()) {
                if (policy.allows(wanted)) return true;
            }
        }
        return false;
    }

    public void check(User user, Attributes wanted) {
        if (allowed(user, wanted)) return;
        throw Refusal.forbidden(
                new Subject(wanted.name(), wanted.group(), wanted.resource()),
                "User \"" + user.name() + "\" " + wanted.sentence());
    }

    /// The rules that hold for a user in a namespace.
    public List<Policy> policies(User user, String namespace) {
        var policies = new ArrayList<Policy>();
        if (user.in(User.MASTERS)) {
            var all = List.of("*");
            policies.add(new Policy(all, all, all, List.of(), all));
        }
        for (var grant : grants(user)) {
            if (grant.namespace().isEmpty() || grant.namespace().equals(namespace)) policies.addAll(grant.policies());
        }
        return policies;
    }

    private List<Grant> grants(User user) {
        var bySubject = granted().bySubject();
        var found = new ArrayList<>(bySubject.getOrDefault("User " + user.name(), List.of()));
        for (var group : user.groups()) found.addAll(bySubject.getOrDefault("Group " + group, List.of()));
        return found;
    }

    private Granted granted() {
        var sources = new Sources(
                store.shelf("clusterrolebindings" + RBAC).items(),
                store.shelf("rolebindings" + RBAC).items(),
                store.shelf("clusterroles" + RBAC).items(),
                store.shelf("roles" + RBAC).items());
        var known = granted;
        if (known != null && known.sources().same(sources)) return known;
        var worked = new Granted(sources, work(sources));
        granted = worked;
        return worked;
    }

    private static Map<String, List<Grant>> work(Sources sources) {
        Map<String, List<Grant>> bySubject = new HashMap<>();
        for (var binding : sources.clusterBindings().after("")) add(bySubject, binding, "", sources);
        for (var binding : sources.bindings().after("")) add(bySubject, binding, binding.namespace(), sources);
        return bySubject;
    }

    private static void add(Map<String, List<Grant>> bySubject, Item item, String namespace, Sources sources) {
        var binding = item.tree();
        var grant = new Grant(namespace, role(binding.mapping("roleRef"), namespace, sources));
        if (grant.policies().isEmpty()) return;
        for (var subject : binding.sequence("subjects").mappings()) {
            bySubject.computeIfAbsent(key(subject), _ -> new ArrayList<>()).add(grant);
        }
    }

    private static String key(Mapping subject) {
        var name = subject.text("name").orElse("");
        return switch (subject.text("kind").orElse("")) {
            case "ServiceAccount" ->
                "User system:serviceaccount:" + subject.text("namespace").orElse("") + ":" + name;
            case "Group" -> "Group " + name;
            default -> "User " + name;
        };
    }

    private static List<Policy> role(Mapping reference, String namespace, Sources sources) {
        var name = reference.text("name").orElse("");
        var item = reference.text("kind").orElse("").equals("Role")
                ? sources.roles().get(namespace + "/" + name)
                : sources.clusterRoles().get(name);
        return item == null ? List.of() : Policy.of(item.tree());
    }
}
