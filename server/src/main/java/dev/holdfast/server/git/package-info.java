/// Git repositories of this machine, served over smart HTTP on the loopback address: for the demo, benchmarks and
/// tests.
@NullMarked
package dev.holdfast.server.git;

import org.jspecify.annotations.NullMarked;
