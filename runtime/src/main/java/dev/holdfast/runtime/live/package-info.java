/// What is known of live objects: what watches show, what answers told, and names looked up once.
@NullMarked
package dev.holdfast.runtime.live;

import org.jspecify.annotations.NullMarked;
