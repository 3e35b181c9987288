/// The schemas of everything that is served, as OpenAPI documents.
@NullMarked
package dev.holdfast.sandbox.schema;

import org.jspecify.annotations.NullMarked;
