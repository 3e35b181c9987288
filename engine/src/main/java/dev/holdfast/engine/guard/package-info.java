/// How many deletes happen without a person's word.
@NullMarked
package dev.holdfast.engine.guard;

import org.jspecify.annotations.NullMarked;
