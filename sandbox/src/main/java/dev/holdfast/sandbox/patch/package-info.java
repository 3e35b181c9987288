/// The patches that clients send: JSON patch, JSON merge patch and strategic merge patch, as pure functions on
/// values.
@NullMarked
package dev.holdfast.sandbox.patch;

import org.jspecify.annotations.NullMarked;
