package dev.holdfast.fields;

/// How a strategic merge patch treats a field: lists are merged item by item or replaced, `retainKeys` drops the
/// keys that the patch does not name. Items are told apart by `mergeKey`, or by value where it is empty.
public record MergeStrategy(boolean merges, boolean retainsKeys, String mergeKey) {

    /// Structs are merged, lists replaced.
    public static final MergeStrategy NONE = new MergeStrategy(false, false, "");

    /// From the words of `x-kubernetes-patch-strategy` and `x-kubernetes-patch-merge-key`.
    public static MergeStrategy of(String words, String mergeKey) {
        boolean merges = false;
        boolean retainsKeys = false;
        for (var word : words.split(",", -1)) {
            merges |= word.equals("merge");
            retainsKeys |= word.equals("retainKeys");
        }
        var strategy = new MergeStrategy(merges, retainsKeys, mergeKey);
        return strategy.equals(NONE) ? NONE : strategy;
    }
}
