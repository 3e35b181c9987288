/// Files as a kustomization may read them.
@NullMarked
package dev.holdfast.render.kustomize.load;

import org.jspecify.annotations.NullMarked;
