/// Git sources as the loop sees them: which commit each wanted ref stands at, asked once per store.
@NullMarked
package dev.holdfast.runtime.git;

import org.jspecify.annotations.NullMarked;
