/// Creating, changing and deleting objects: what a request must satisfy, what the server adds, and the commit.
@NullMarked
package dev.holdfast.sandbox.write;

import org.jspecify.annotations.NullMarked;
