/// The interfaces between shell and world.
@NullMarked
package dev.holdfast.port;

import org.jspecify.annotations.NullMarked;
