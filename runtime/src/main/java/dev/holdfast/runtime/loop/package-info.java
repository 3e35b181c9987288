/// The loop: observe, decide, act, record, pace.
@NullMarked
package dev.holdfast.runtime.loop;

import org.jspecify.annotations.NullMarked;
