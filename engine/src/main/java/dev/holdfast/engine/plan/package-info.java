/// Plans as people and programs read them.
@NullMarked
package dev.holdfast.engine.plan;

import org.jspecify.annotations.NullMarked;
