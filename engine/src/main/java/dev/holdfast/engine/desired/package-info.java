/// What shall be: rendered manifests settled into objects that can be applied.
@NullMarked
package dev.holdfast.engine.desired;

import org.jspecify.annotations.NullMarked;
