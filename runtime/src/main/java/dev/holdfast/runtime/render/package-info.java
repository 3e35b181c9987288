/// What Git says should be, rendered once per commit that matters.
@NullMarked
package dev.holdfast.runtime.render;

import org.jspecify.annotations.NullMarked;
