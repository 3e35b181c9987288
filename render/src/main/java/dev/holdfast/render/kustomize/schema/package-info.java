/// What is known of kinds: their scope, and the lists that a patch merges by keys.
@NullMarked
package dev.holdfast.render.kustomize.schema;

import org.jspecify.annotations.NullMarked;
