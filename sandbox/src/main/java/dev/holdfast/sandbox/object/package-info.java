/// What all Kubernetes objects have in common: their metadata.
@NullMarked
package dev.holdfast.sandbox.object;

import org.jspecify.annotations.NullMarked;
