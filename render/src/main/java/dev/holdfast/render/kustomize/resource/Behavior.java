package dev.holdfast.render.kustomize.resource;

/// What a generated object does when one of its identity is there already.
public enum Behavior {
    UNSPECIFIED,
    CREATE,
    REPLACE,
    MERGE;

    public static Behavior of(String word) {
        return switch (word) {
            case "create" -> CREATE;
            case "replace" -> REPLACE;
            case "merge" -> MERGE;
            default -> UNSPECIFIED;
        };
    }

    public String word() {
        return switch (this) {
            case UNSPECIFIED -> "unspecified";
            case CREATE -> "create";
            case REPLACE -> "replace";
            case MERGE -> "merge";
        };
    }
}
