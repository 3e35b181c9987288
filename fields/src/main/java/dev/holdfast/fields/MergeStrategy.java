package dev.holdfast.fields;

import java.util.List;

/// How a strategic merge patch treats a field: lists are merged item by item or replaced, maps merged unless they
/// are replaced, `retainKeys` drops the keys that the patch does not name. Items are told apart by `mergeKey`, or
/// by value where it is empty.
public record MergeStrategy(boolean merges, boolean replaces, boolean retainsKeys, String mergeKey) {

    /// Structs are merged, lists replaced.
    public static final MergeStrategy NONE = new MergeStrategy(false, false, false, "");

    /// From the words of `x-kubernetes-patch-strategy` and `x-kubernetes-patch-merge-key`.
    public static MergeStrategy of(String words, String mergeKey) {
        var said = List.of(words.split(",", -1));
        var strategy = new MergeStrategy(
                said.contains("merge"), said.contains("replace"), said.contains("retainKeys"), mergeKey);
        return strategy.equals(NONE) ? NONE : strategy;
    }
}
