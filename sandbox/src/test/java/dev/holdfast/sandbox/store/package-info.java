/// Tests of the store.
@NullMarked
package dev.holdfast.sandbox.store;

import org.jspecify.annotations.NullMarked;
