/// What every part of the server shares: the store, the resources that are served now, seeded chance, and time.
@NullMarked
package dev.holdfast.sandbox.realm;

import org.jspecify.annotations.NullMarked;
