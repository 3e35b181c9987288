@NullMarked
package dev.holdfast.sandbox.rule;

import org.jspecify.annotations.NullMarked;
