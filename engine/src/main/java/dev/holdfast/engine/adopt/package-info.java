/// Who owns an object that exists already, and whether it may become ours.
@NullMarked
package dev.holdfast.engine.adopt;

import org.jspecify.annotations.NullMarked;
