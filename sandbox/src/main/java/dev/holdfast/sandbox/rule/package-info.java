/// Rules that definitions write in CEL (`x-kubernetes-validations`): their types, their functions, what they refuse.
@NullMarked
package dev.holdfast.sandbox.rule;

import org.jspecify.annotations.NullMarked;
