/// Snapshot and parameters to manifests.
@NullMarked
package dev.holdfast.render;

import org.jspecify.annotations.NullMarked;
