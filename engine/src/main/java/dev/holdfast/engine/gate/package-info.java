/// Which writes an app may make at all.
@NullMarked
package dev.holdfast.engine.gate;

import org.jspecify.annotations.NullMarked;
