package dev.holdfast.model;

/// Which API groups Kubernetes itself serves: the core, the short old names, and everything below k8s.io.
final class BuiltinGroups {

    private BuiltinGroups() {}

    static boolean contains(String group) {
        return switch (group) {
            case "", "apps", "batch", "autoscaling", "policy", "extensions" -> true;
            default -> group.endsWith(".k8s.io");
        };
    }
}
