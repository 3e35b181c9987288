/// One Kubernetes API over any transport: discovery, lists, watches, server-side apply, impersonation.
@NullMarked
package dev.holdfast.cluster;

import org.jspecify.annotations.NullMarked;
