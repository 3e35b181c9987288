/// Kustomize's generators.
@NullMarked
package dev.holdfast.render.kustomize.generate;

import org.jspecify.annotations.NullMarked;
