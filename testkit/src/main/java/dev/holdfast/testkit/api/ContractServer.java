package dev.holdfast.testkit.api;

import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.Tasks;
import java.util.Set;

/// A server that the cases run on, reached as a user who may do everything and impersonate anybody. `run` is part
/// of every name that the cases make, so that two runs on one cluster never meet. `image` is one that its nodes can
/// run and that stays up, or empty; `offers` names what else not every cluster has (`loadbalancer`, `ingress`).
public record ContractServer(
        ApiTransport api, Tasks tasks, Notation notation, String run, String image, Set<String> offers) {
    public ContractServer {
        offers = Set.copyOf(offers);
        if (!run.matches("[a-z0-9]{1,12}")) throw new IllegalArgumentException("a run is named by up to 12 of a-z0-9");
    }
}
