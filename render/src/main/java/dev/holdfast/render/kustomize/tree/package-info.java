/// The tree of an object under customization, its paths, and its way from and to text.
@NullMarked
package dev.holdfast.render.kustomize.tree;

import org.jspecify.annotations.NullMarked;
