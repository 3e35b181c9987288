/// The server's one function, from a request to its answer, and the places that it routes requests to.
@NullMarked
package dev.holdfast.sandbox.api;

import org.jspecify.annotations.NullMarked;
