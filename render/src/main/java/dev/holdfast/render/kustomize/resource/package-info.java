/// Objects under customization, their identities, and how they are selected.
@NullMarked
package dev.holdfast.render.kustomize.resource;

import org.jspecify.annotations.NullMarked;
