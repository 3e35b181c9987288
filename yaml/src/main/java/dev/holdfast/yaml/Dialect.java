package dev.holdfast.yaml;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import java.util.Iterator;

/// What one YAML library makes of parsed text: how a file falls into documents, what a scalar means, what may be a
/// key, how `<<` merges. The grammar and the limits are the composer's.
interface Dialect {

    /// A scalar as it was written. `tag` is empty where none stands; `plain` says that it stands without quotes.
    record Written(String tag, String text, Plainness plainness) {
        static final Written EMPTY = new Written("", "", Plainness.PLAIN);

        boolean plain() {
            return plainness == Plainness.PLAIN;
        }
    }

    enum Plainness {
        PLAIN,
        QUOTED
    }

    /// Where a scalar stands: a value in lines of its own, one in brackets or braces, a key, a key of the
    /// document's own map.
    enum Standing {
        BLOCK,
        FLOW,
        KEY,
        TOP_KEY
    }

    /// What becomes of `<<` and of a key that comes twice.
    enum Merging {
        /// A merge sets its keys where it stands; of several values the last one counts.
        IN_ORDER,
        /// A key that is written counts before a merged one; a second key of a name, or a second merge, is refused.
        KEYS_FIRST
    }

    /// Whether a file that begins with `{` is JSON, or YAML like any other.
    enum Braces {
        JSON,
        YAML
    }

    /// Makes the fault of a scalar that is refused; the composer knows the place.
    interface Refusal {
        FaultException of(String reason);
    }

    /// The file's text.
    /// @throws FaultException where the bytes are no text
    String text(String path, byte[] file);

    Braces braces();

    /// The documents of a file, cut out before YAML sees them.
    Iterator<Chunk> cut(String text, Trouble trouble);

    /// @throws FaultException where the tag and the text do not fit
    Scalar resolve(Written scalar, Standing standing, Refusal refusal);

    /// The text of a block scalar that read as `text`.
    /// @throws FaultException where the library cannot read what it writes for this text
    String block(String text, BlockScalar.Style style, Refusal refusal);

    /// @throws FaultException where the scalar has no JSON form
    Value value(Scalar scalar, Origin origin, Refusal refusal);

    /// The text of a scalar that is a mapping's key.
    /// @throws FaultException where the scalar may not be a key
    String key(Written written, Scalar scalar, Standing standing, Refusal refusal);

    boolean merges(Written key);

    Merging merging();
}
