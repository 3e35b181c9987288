/// What a cluster serves: kinds and their schemas.
@NullMarked
package dev.holdfast.runtime.discovery;

import org.jspecify.annotations.NullMarked;
