/// App resources to model and back.
@NullMarked
package dev.holdfast.dialect;

import org.jspecify.annotations.NullMarked;
