/// The demo: the real program, a sandbox and a Git server on this machine, and the story that checks each step.
@NullMarked
package dev.holdfast.demo;

import org.jspecify.annotations.NullMarked;
