package dev.holdfast.yaml;

import dev.holdfast.model.FaultException;
import java.util.Iterator;

/// What one YAML library does before scalars mean anything: how bytes become text, how a file falls into documents,
/// what becomes of a block scalar. What a scalar means is the {@link NodeMaker}'s; the grammar and the limits are
/// the composer's.
interface Dialect {

    /// Makes the fault of a scalar that is refused; whoever asks knows the place.
    interface Refusal {
        FaultException of(String reason);
    }

    /// The file's text.
    /// @throws FaultException where the bytes are no text
    String text(String path, byte[] file);

    /// The documents of a file, cut out before YAML sees them.
    Iterator<Chunk> cut(String text, Trouble trouble);

    /// The text of a block scalar that read as `text`.
    /// @throws FaultException where the library cannot read what it writes for this text
    String block(String text, BlockScalar.Style style, Refusal refusal);
}
