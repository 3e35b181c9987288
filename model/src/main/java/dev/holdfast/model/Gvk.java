package dev.holdfast.model;

/// Group, version and kind of an object; the core group is the empty text.
public record Gvk(String group, String version, String kind) implements Comparable<Gvk> {

    /// From `apiVersion` (`v1`, `apps/v1`) and `kind`.
    public static Gvk of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new Gvk("", apiVersion, kind)
                : new Gvk(apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    public GroupKind groupKind() {
        return new GroupKind(group, kind);
    }

    @Override
    public int compareTo(Gvk other) {
        int compared = groupKind().compareTo(other.groupKind());
        return compared != 0 ? compared : version.compareTo(other.version);
    }

    @Override
    public String toString() {
        return apiVersion() + "/" + kind;
    }
}
