/// Kinds that are made by definitions: what a CustomResourceDefinition says, in the server's terms.
@NullMarked
package dev.holdfast.sandbox.definition;

import org.jspecify.annotations.NullMarked;
