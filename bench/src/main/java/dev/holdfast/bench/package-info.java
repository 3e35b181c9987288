/// Benchmarks: each prints one JSON object, with ratios against a floor that was measured in the same run.
@NullMarked
package dev.holdfast.bench;

import org.jspecify.annotations.NullMarked;
