package dev.holdfast.runtime.loop;

import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Caller;

/// What all writes of a placement have in common: whose rights they are made with, and what remembers them.
record Author(PlacementMemory memory, Placement placement, Caller caller) {

    static Author of(PlacementMemory memory, Placement placement) {
        var caller = placement
                .policy()
                .runAs()
                .<Caller>map(
                        name -> new Caller.ServiceAccount(placement.key().app().namespace(), name))
                .orElse(Caller.SELF);
        return new Author(memory, placement, caller);
    }

    String manager() {
        return placement.ownership().fieldManager();
    }

    static Address address(ApiResource resource, Ref ref) {
        return Address.of(resource, ref.namespace(), ref.name());
    }
}
