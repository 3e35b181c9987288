/// What the cluster's own schema says about desired objects, found out without requests.
@NullMarked
package dev.holdfast.engine.validate;

import org.jspecify.annotations.NullMarked;
