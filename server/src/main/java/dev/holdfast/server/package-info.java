/// The composition root: up and sandbox.
@NullMarked
package dev.holdfast.server;

import org.jspecify.annotations.NullMarked;
