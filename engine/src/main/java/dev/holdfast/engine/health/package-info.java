/// Whether an object does what it should, by kstatus' rules.
@NullMarked
package dev.holdfast.engine.health;

import org.jspecify.annotations.NullMarked;
