/// Contract suites, the simulated scheduler, shared cases.
@NullMarked
package dev.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
