package dev.holdfast.engine.decide;

import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Revision;
import java.util.List;
import java.util.Optional;

/// What Git says should be, as far as it is known.
public sealed interface Wanted {

    /// Not rendered yet in this process; `waitingFor` is what comes first, for people.
    record Unknown(String waitingFor) implements Wanted {}

    /// The newest revision that rendered to the end. `newer` is there when a still newer one did not: it is held,
    /// and what is good stays.
    record Known(DesiredSet good, List<Revision> revisions, Optional<Fault> newer) implements Wanted {
        public Known {
            revisions = List.copyOf(revisions);
        }
    }

    /// Nothing ever rendered.
    record Failed(Fault fault) implements Wanted {}
}
