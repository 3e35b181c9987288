package dev.holdfast.model;

import java.util.List;
import java.util.Optional;

/// What is to be done for a placement, in order: `ranks` one after the other, the steps of one rank in parallel.
/// `held` are objects for which nothing is done now, each with the fault that says why and what to do. `digest`
/// names what a person confirms: revisions and deletes, nothing that changes by itself. `confirmation` is present
/// where deletes wait for that.
public record Plan(
        PlacementKey placement,
        List<Revision> revisions,
        List<List<Step>> ranks,
        List<Held> held,
        Optional<Confirmation> confirmation,
        Digest digest) {

    public Plan {
        revisions = List.copyOf(revisions);
        ranks = ranks.stream().map(List::copyOf).toList();
        held = List.copyOf(held);
    }

    public record Held(Ref ref, Fault fault) {}

    /// Why a person is asked, and which objects would go. `alsoLost` lists foreign objects inside a Namespace or of
    /// a CRD.
    public record Confirmation(String why, List<Ref> deletes, List<String> alsoLost) {
        public Confirmation {
            deletes = List.copyOf(deletes);
            alsoLost = List.copyOf(alsoLost);
        }
    }

    public List<Step> steps() {
        return ranks.stream().flatMap(List::stream).toList();
    }

    public boolean empty() {
        return ranks.stream().allMatch(List::isEmpty);
    }
}
