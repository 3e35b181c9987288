/// A Kubernetes API in the JVM.
@NullMarked
package dev.holdfast.sandbox;

import org.jspecify.annotations.NullMarked;
