/// Git to immutable snapshots.
@NullMarked
package dev.holdfast.source;

import org.jspecify.annotations.NullMarked;
