/// What is to be looked at next, in which order, and how soon again.
@NullMarked
package dev.holdfast.runtime.queue;

import org.jspecify.annotations.NullMarked;
