package dev.holdfast.fields;

import java.time.Instant;

/// Who writes an object, in which version, through which subresource (empty: the main resource), and when.
public record Writer(String manager, String apiVersion, String subresource, Instant time) {

    public Writer(String manager, String apiVersion, Instant time) {
        this(manager, apiVersion, "", time);
    }

    ManagedEntry entry(ManagedEntry.Operation operation, FieldSet fields) {
        return new ManagedEntry(manager, operation, apiVersion, null, subresource, fields);
    }
}
