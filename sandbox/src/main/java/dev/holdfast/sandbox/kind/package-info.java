/// What the API server knows about kinds: their shapes, defaults, rules and quirks, as pure functions on values.
@NullMarked
package dev.holdfast.sandbox.kind;

import org.jspecify.annotations.NullMarked;
