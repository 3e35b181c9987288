package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.controller.Controllers.Pace;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Gives load balancers an address after a while.
final class Services implements Controller {

    private static final String SHELF = "services";

    private final Acts acts;
    private final Pace pace;
    private final Map<String, Instant> since = new HashMap<>();

    Services(Acts acts, Pace pace) {
        this.acts = acts;
        this.pace = pace;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (!shelf.name().equals(SHELF)) return;
        if (change.type() == Change.Type.DELETED) since.remove(change.item().uid());
        else look.accept(change.item().key());
    }

    @Override
    public Optional<Instant> look(String key) {
        var service = acts.find(SHELF, key);
        if (service == null || Meta.terminating(service.tree())) return Optional.empty();
        if (!service.tree().text("spec", "type").orElse("").equals("LoadBalancer")) return Optional.empty();
        if (!service.tree().sequence("status", "loadBalancer", "ingress").isEmpty()) return Optional.empty();
        var due = since.computeIfAbsent(service.uid(), _ -> acts.now()).plus(pace.balancer());
        if (acts.now().isBefore(due)) return Optional.of(due);
        acts.changeStatusAs(
                "cloud-controller-manager",
                service,
                object -> object.with(
                        List.of("status", "loadBalancer", "ingress"),
                        Value.of(List.of(Mapping.builder()
                                .put("ip", address(service))
                                .put("ipMode", "VIP")
                                .build()))));
        return Optional.empty();
    }

    /// From the block that documentation may use.
    private static String address(Item service) {
        return "203.0.113." + (1 + Math.floorMod(service.uid().hashCode(), 254));
    }
}
