/// The story, played against the real program.
@NullMarked
package dev.holdfast.demo;

import org.jspecify.annotations.NullMarked;
