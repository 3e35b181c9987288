/// Which fields of which kinds a transformation touches.
@NullMarked
package dev.holdfast.render.kustomize.config;

import org.jspecify.annotations.NullMarked;
