/// What a test does to the server and learns of it: faults on chosen requests, groups that are down, and the log of
/// requests.
@NullMarked
package dev.holdfast.sandbox.trouble;

import org.jspecify.annotations.NullMarked;
