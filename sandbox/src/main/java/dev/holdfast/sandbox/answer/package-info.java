/// What the server answers: whole bodies, streams, and refusals in the words of a Kubernetes Status.
@NullMarked
package dev.holdfast.sandbox.answer;

import org.jspecify.annotations.NullMarked;
