/// What we keep of live objects: hints, base lines, ignored fields.
@NullMarked
package dev.holdfast.engine.live;

import org.jspecify.annotations.NullMarked;
