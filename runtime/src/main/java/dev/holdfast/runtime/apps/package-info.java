/// The App resources that are followed, and what is written back to them.
@NullMarked
package dev.holdfast.runtime.apps;

import org.jspecify.annotations.NullMarked;
