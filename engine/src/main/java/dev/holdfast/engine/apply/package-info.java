/// What is sent for an object, and what the answer means.
@NullMarked
package dev.holdfast.engine.apply;

import org.jspecify.annotations.NullMarked;
