/// Kustomize's transformers, each over the whole list of objects.
@NullMarked
package dev.holdfast.render.kustomize.transform;

import org.jspecify.annotations.NullMarked;
