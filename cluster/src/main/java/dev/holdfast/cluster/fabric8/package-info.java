/// The transport of the server: Fabric8 for kubeconfig, TLS, credentials and proxies, and for nothing else.
@NullMarked
package dev.holdfast.cluster.fabric8;

import org.jspecify.annotations.NullMarked;
