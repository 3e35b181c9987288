/// Tests of the sandbox as a whole.
@NullMarked
package dev.holdfast.sandbox;

import org.jspecify.annotations.NullMarked;
