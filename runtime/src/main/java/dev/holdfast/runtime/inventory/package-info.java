/// Inventories as they are kept in the cluster.
@NullMarked
package dev.holdfast.runtime.inventory;

import org.jspecify.annotations.NullMarked;
