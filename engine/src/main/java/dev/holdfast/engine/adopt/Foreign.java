package dev.holdfast.engine.adopt;

import dev.holdfast.model.LiveObject.Writing;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ref;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The metadata of an object that exists under a name that we want, and does not carry our label.
public record Foreign(
        Ref ref,
        String uid,
        Optional<String> deletedAt,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        List<Writer> writers) {

    public Foreign {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        writers = List.copyOf(writers);
    }

    /// One entry of managedFields, without its fields.
    public record Writer(String manager, Writing writing) {}

    /// From the object itself, or from its PartialObjectMetadata.
    public static Foreign of(Ref ref, Mapping object) {
        var metadata = object.mapping("metadata");
        var writers = new ArrayList<Writer>();
        for (var entry : metadata.sequence("managedFields").mappings()) {
            var writing = entry.text("operation").filter("Apply"::equals).isPresent() ? Writing.APPLY : Writing.UPDATE;
            writers.add(new Writer(entry.text("manager").orElse(""), writing));
        }
        return new Foreign(
                ref,
                metadata.text("uid").orElse(""),
                metadata.text("deletionTimestamp"),
                new TreeMap<>(metadata.mapping("labels").texts()),
                new TreeMap<>(metadata.mapping("annotations").texts()),
                writers);
    }
}
