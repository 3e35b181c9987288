/// Reading and writing YAML and JSON as Kubernetes tools do.
@NullMarked
package dev.holdfast.yaml;

import org.jspecify.annotations.NullMarked;
