/// Answers to questions: one object, lists in pages of a fixed version, watches; as objects, tables or metadata
/// alone.
@NullMarked
package dev.holdfast.sandbox.read;

import org.jspecify.annotations.NullMarked;
