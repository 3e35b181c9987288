package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.controller.Acts.Told;
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

/// Gives load balancers and Ingresses an address after a while. One that says `pending` in an annotation never gets
/// one. Keys are `shelf|key`.
final class Balancers implements Controller {

    /// `pending` on a Service or an Ingress: no address comes.
    static final String ANNOTATION = "sandbox.holdfast.dev/address";

    private static final String SERVICES = "services";
    private static final String INGRESSES = "ingresses.networking.k8s.io";

    private final Acts acts;
    private final Pace pace;
    private final Map<String, Instant> since = new HashMap<>();

    Balancers(Acts acts, Pace pace) {
        this.acts = acts;
        this.pace = pace;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (!shelf.name().equals(SERVICES) && !shelf.name().equals(INGRESSES)) return;
        if (change.type() == Change.Type.DELETED) since.remove(change.item().uid());
        else look.accept(shelf.name() + "|" + change.item().key());
    }

    @Override
    public Optional<Instant> look(String place) {
        int bar = place.indexOf('|');
        boolean service = place.substring(0, bar).equals(SERVICES);
        var item = acts.find(place.substring(0, bar), place.substring(bar + 1));
        if (item == null || Meta.terminating(item.tree())) return Optional.empty();
        boolean asks = !service || item.tree().text("spec", "type").orElse("").equals("LoadBalancer");
        boolean has = !item.tree().sequence("status", "loadBalancer", "ingress").isEmpty();
        if (!asks) {
            if (has) write(item, "service-controller", Value.of(List.of()));
            since.remove(item.uid());
            return Optional.empty();
        }
        boolean stuck = item.tree()
                .text("metadata", "annotations", ANNOTATION)
                .orElse("")
                .equals("pending");
        if (has || stuck) return Optional.empty();
        if (!since.containsKey(item.uid()) && service) {
            acts.tell("service-controller", item, Told.normal("EnsuringLoadBalancer", "Ensuring load balancer"));
        }
        var due = since.computeIfAbsent(item.uid(), _ -> acts.now()).plus(pace.balancer());
        if (acts.now().isBefore(due)) return Optional.of(due);
        var address = Mapping.builder().put("ip", address(item));
        if (service) address.put("ipMode", "VIP");
        write(item, service ? "cloud-controller-manager" : "ingress-controller", Value.of(List.of(address.build())));
        if (service) acts.tell("service-controller", item, Told.normal("EnsuredLoadBalancer", "Ensured load balancer"));
        return Optional.empty();
    }

    private void write(Item item, String manager, Value addresses) {
        var path = List.of("status", "loadBalancer", "ingress");
        acts.changeStatusAs(
                manager,
                item,
                object -> addresses.equals(Value.of(List.of())) ? object.without(path) : object.with(path, addresses));
    }

    /// From the block that documentation may use.
    private static String address(Item item) {
        return "203.0.113." + (1 + Math.floorMod(item.uid().hashCode(), 254));
    }
}
