package dev.holdfast.engine.live;

import dev.holdfast.fields.FieldSet;
import dev.holdfast.model.Digest;

/// What an apply left behind, against which later versions of the object are measured: the fields that we own, the
/// digest of their values, and the digest of the set itself. Ignored fields take no part.
public record Baseline(FieldSet fields, Digest values, Digest owned) {}
