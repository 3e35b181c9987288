/// Kubeconfig files: which server, whom to trust, who asks.
@NullMarked
package dev.holdfast.cluster.kubeconfig;

import org.jspecify.annotations.NullMarked;
