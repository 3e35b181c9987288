package dev.holdfast.yaml;

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

    /// @throws Refusal where the tag and the text do not fit
    Scalar resolve(Written scalar);

    /// @throws Refusal where the scalar has no JSON form
    Value value(Scalar scalar, Origin origin);

    /// The text of a scalar that is a mapping's key.
    /// @throws Refusal where the scalar may not be a key
    String key(Scalar scalar);

    boolean merges(Written key);

    /// Why something was refused; the composer adds the place.
    final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refusal(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
