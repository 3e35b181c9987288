/// Kustomize: a directory with a kustomization file to objects, in memory, from a snapshot.
@NullMarked
package dev.holdfast.render.kustomize;

import org.jspecify.annotations.NullMarked;
