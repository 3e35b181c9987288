package dev.holdfast.yaml;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;

/// What one YAML library makes of parsed text: what a scalar means, what may be a key, how `<<` merges. The grammar
/// and the limits are the composer's.
interface Dialect {

    /// A scalar as it was written. `tag` is empty where none stands; `plain` says that it stands without quotes.
    record Written(String tag, String text, Plainness plainness) {
        boolean plain() {
            return plainness == Plainness.PLAIN;
        }
    }

    enum Plainness {
        PLAIN,
        QUOTED
    }

    /// Makes the fault of a scalar that is refused; the composer knows the place.
    interface Refusal {
        FaultException of(String reason);
    }

    /// @throws FaultException where the tag and the text do not fit
    Scalar resolve(Written scalar, Refusal refusal);

    /// @throws FaultException where the scalar has no JSON form
    Value value(Scalar scalar, Origin origin, Refusal refusal);

    /// The text of a scalar that is a mapping's key.
    /// @throws FaultException where the scalar may not be a key
    String key(Scalar scalar, Refusal refusal);

    boolean merges(Written key);
}
