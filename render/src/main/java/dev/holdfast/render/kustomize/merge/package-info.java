/// How a patch changes an object.
@NullMarked
package dev.holdfast.render.kustomize.merge;

import org.jspecify.annotations.NullMarked;
