/// Field paths, ownership, server-side apply.
@NullMarked
package dev.holdfast.fields;

import org.jspecify.annotations.NullMarked;
