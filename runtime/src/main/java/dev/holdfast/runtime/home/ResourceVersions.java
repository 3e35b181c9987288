package dev.holdfast.runtime.home;

/// The order of resourceVersions of one resource type: numbers that grow. Kubernetes promises this since 1.35;
/// every server that counts in etcd revisions has always done so.
public final class ResourceVersions {

    private ResourceVersions() {}

    /// Whether `seen` is older than `known`. Texts that are no numbers are never older: then only what arrives
    /// counts.
    public static boolean older(String seen, String known) {
        if (!number(seen) || !number(known)) return false;
        if (seen.length() != known.length()) return seen.length() < known.length();
        return seen.compareTo(known) < 0;
    }

    private static boolean number(String text) {
        if (text.isEmpty() || text.charAt(0) == '0' && text.length() > 1) return false;
        return text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
