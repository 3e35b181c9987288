package dev.holdfast.sandbox.object;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads and writes the metadata of objects that are value trees.
public final class Meta {

    private Meta() {}

    public static String name(Mapping object) {
        return object.text("metadata", "name").orElse("");
    }

    public static String namespace(Mapping object) {
        return object.text("metadata", "namespace").orElse("");
    }

    public static String uid(Mapping object) {
        return object.text("metadata", "uid").orElse("");
    }

    public static String resourceVersion(Mapping object) {
        return object.text("metadata", "resourceVersion").orElse("");
    }

    public static String kind(Mapping object) {
        return object.text("kind").orElse("");
    }

    public static String apiVersion(Mapping object) {
        return object.text("apiVersion").orElse("");
    }

    public static long generation(Mapping object) {
        return object.whole("metadata", "generation").orElse(0L);
    }

    public static boolean terminating(Mapping object) {
        return object.mapping("metadata").has("deletionTimestamp");
    }

    public static List<String> finalizers(Mapping object) {
        var found = new ArrayList<String>();
        for (var value : object.sequence("metadata", "finalizers"))
            value.asText().ifPresent(found::add);
        return found;
    }

    public static List<Mapping> owners(Mapping object) {
        return object.sequence("metadata", "ownerReferences").mappings();
    }

    /// The object with its metadata changed.
    public static Mapping change(Mapping object, UnaryOperator<Mapping> change) {
        return object.with("metadata", change.apply(object.mapping("metadata")));
    }

    /// The object with one field of its metadata set, or removed for null.
    public static Mapping with(Mapping object, String field, @Nullable Value value) {
        return change(object, metadata -> value == null ? metadata.without(field) : metadata.with(field, value));
    }

    public static Mapping withFinalizers(Mapping object, List<String> finalizers) {
        return with(object, "finalizers", finalizers.isEmpty() ? null : Value.texts(finalizers));
    }

    /// A top-level field taken over from another object, or removed where that has none.
    public static Mapping keeping(Mapping object, String field, Mapping from) {
        var kept = from.get(field);
        return kept == null ? object.without(field) : object.with(field, kept);
    }
}
