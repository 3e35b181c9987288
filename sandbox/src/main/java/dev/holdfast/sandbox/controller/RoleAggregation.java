package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Value;
import dev.holdfast.sandbox.request.LabelSelector;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.Consumer;

/// Fills cluster roles that gather the rules of others.
final class RoleAggregation implements Controller {

    private static final String SHELF = "clusterroles.rbac.authorization.k8s.io";

    private final Acts acts;

    RoleAggregation(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (!shelf.name().equals(SHELF)) return;
        for (var role : shelf.items().after("")) {
            if (role.tree().has("aggregationRule")) look.accept(role.key());
        }
    }

    @Override
    public Optional<Instant> look(String key) {
        var role = acts.find(SHELF, key);
        if (role == null || !role.tree().has("aggregationRule")) return Optional.empty();
        var rules = new LinkedHashSet<Value>();
        for (var selector :
                role.tree().sequence("aggregationRule", "clusterRoleSelectors").mappings()) {
            var wanted = LabelSelector.of(selector);
            for (Item other : acts.shelf(SHELF).items().after("")) {
                if (other.key().equals(key) || !wanted.matches(other.labels())) continue;
                other.tree().sequence("rules").forEach(rules::add);
            }
        }
        var gathered = Value.of(new ArrayList<>(rules));
        if (!role.tree().sequence("rules").equals(gathered)) {
            acts.changeAs("clusterrole-aggregation-controller", role, object -> object.with("rules", gathered));
        }
        return Optional.empty();
    }
}
