/// The transport of the command line: a small HTTP/1.1 client on plain sockets that starts in milliseconds.
@NullMarked
package dev.holdfast.cluster.light;

import org.jspecify.annotations.NullMarked;
