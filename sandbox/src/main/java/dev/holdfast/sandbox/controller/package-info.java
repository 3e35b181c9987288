/// What makes a cluster of an API: the controllers that a real one runs, as far as their effects are seen.
@NullMarked
package dev.holdfast.sandbox.controller;

import org.jspecify.annotations.NullMarked;
