/// The shell: loop, queue, pacing, actuator.
@NullMarked
package dev.holdfast.runtime;

import org.jspecify.annotations.NullMarked;
