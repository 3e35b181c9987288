/// What the server remembers: versions of objects, the history of their changes, and the journal that survives it.
@NullMarked
package dev.holdfast.sandbox.store;

import org.jspecify.annotations.NullMarked;
