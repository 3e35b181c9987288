/// What a client asks: method, path and query taken apart, selectors, and which form of answer it accepts.
@NullMarked
package dev.holdfast.sandbox.request;

import org.jspecify.annotations.NullMarked;
