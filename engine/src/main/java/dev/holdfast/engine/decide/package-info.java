/// What to do about what was seen, and what is written down about it.
@NullMarked
package dev.holdfast.engine.decide;

import org.jspecify.annotations.NullMarked;
