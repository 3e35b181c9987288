/// Which resources the server has: the built-in table, what definitions add, and how discovery tells of both.
@NullMarked
package dev.holdfast.sandbox.resource;

import org.jspecify.annotations.NullMarked;
