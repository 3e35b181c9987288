/// What Holdfast keeps for itself in its own namespace: the installation's name and key, and who is in charge.
@NullMarked
package dev.holdfast.runtime.home;

import org.jspecify.annotations.NullMarked;
