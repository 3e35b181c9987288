/// What an App's status says: a fold over its placements.
@NullMarked
package dev.holdfast.engine.report;

import org.jspecify.annotations.NullMarked;
