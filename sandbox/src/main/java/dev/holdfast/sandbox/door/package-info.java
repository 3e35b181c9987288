/// The two ways in: HTTP, and direct calls in the same process.
@NullMarked
package dev.holdfast.sandbox.door;

import org.jspecify.annotations.NullMarked;
