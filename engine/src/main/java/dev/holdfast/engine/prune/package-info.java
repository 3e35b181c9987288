/// What leaves, and why it may or may not go.
@NullMarked
package dev.holdfast.engine.prune;

import org.jspecify.annotations.NullMarked;
