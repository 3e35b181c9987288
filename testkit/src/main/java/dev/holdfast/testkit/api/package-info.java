/// Cases for any Kubernetes API, as data, and what runs them: requests in steps, and the shape of each answer.
@NullMarked
package dev.holdfast.testkit.api;

import org.jspecify.annotations.NullMarked;
