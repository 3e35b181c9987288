/// Who asks, and what they may do: bearer tokens, impersonation, and roles bound to users, groups and accounts.
@NullMarked
package dev.holdfast.sandbox.access;

import org.jspecify.annotations.NullMarked;
