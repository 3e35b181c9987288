package dev.holdfast.engine.apply;

import dev.holdfast.engine.live.Baseline;
import dev.holdfast.model.Fault;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.LiveObject.Claim;
import java.util.List;
import java.util.Optional;

/// How one step ended.
public sealed interface Outcome {

    /// The server has what we want. `live` is its answer, `base` what later differences are measured against.
    /// `drift` says who had changed what, where the apply put something back.
    record Applied(LiveObject live, Baseline base, Change change, Optional<String> drift) implements Outcome {}

    enum Change {
        CREATED,
        CHANGED,
        /// The server's answer was the object as we saw it.
        UNCHANGED
    }

    /// The destination's namespace exists.
    record Ensured() implements Outcome {}

    /// A dry run told what an apply would do: nothing (`drift` empty; what was seen is the new base line), or put
    /// back what `drift` says.
    record Inspected(Optional<String> drift, List<Claim> claims) implements Outcome {
        public Inspected {
            claims = List.copyOf(claims);
        }
    }

    /// The delete was accepted; the object may still be ending.
    record Deleted() implements Outcome {}

    /// Our marks and our ownership are off the object.
    record Released() implements Outcome {}

    /// The object is not there (any more), or the entry was only forgotten.
    record Gone() implements Outcome {}

    record Failed(Fault fault) implements Outcome {}

    /// Not tried: an earlier rank failed, or the placement was suspended or superseded meanwhile.
    record Skipped(String why) implements Outcome {}
}
