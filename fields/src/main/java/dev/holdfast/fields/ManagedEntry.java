package dev.holdfast.fields;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What one manager owns of an object, through one operation, in one version and subresource. `time` is null where
/// the manager never changed the object.
public record ManagedEntry(
        String manager,
        Operation operation,
        String apiVersion,
        @Nullable Instant time,
        String subresource,
        FieldSet fields) {

    /// The API server's order: applies before updates, then by time (to the second; none comes first), then by
    /// name.
    static final Comparator<ManagedEntry> ORDER = Comparator.comparing(ManagedEntry::operation)
            .thenComparingLong(ManagedEntry::second)
            .thenComparing(ManagedEntry::manager)
            .thenComparing(ManagedEntry::apiVersion)
            .thenComparing(ManagedEntry::subresource);

    /// `APPLY` says "this is what I want", `UPDATE` is every other write.
    public enum Operation {
        APPLY,
        UPDATE;

        /// `Apply`, `Update`.
        public String word() {
            return this == APPLY ? "Apply" : "Update";
        }

        static @Nullable Operation of(String word) {
            return switch (word) {
                case "Apply" -> APPLY;
                case "Update" -> UPDATE;
                default -> null;
            };
        }
    }

    public boolean isApply() {
        return operation == Operation.APPLY;
    }

    private long second() {
        var known = time;
        return known == null ? Long.MIN_VALUE : known.getEpochSecond();
    }

    /// Whether both are one entry of the list: an applier keeps its entry when it changes the version, an updater
    /// has one per version.
    boolean sameIdentity(ManagedEntry other) {
        return manager.equals(other.manager)
                && operation == other.operation
                && subresource.equals(other.subresource)
                && (isApply() || apiVersion.equals(other.apiVersion));
    }

    boolean equalsIgnoringTime(ManagedEntry other) {
        return sameIdentity(other) && apiVersion.equals(other.apiVersion) && fields.equals(other.fields);
    }

    /// The text by which the API server sorts managers: their identity as JSON.
    String identity() {
        var text = new StringBuilder("{\"manager\":\"").append(manager);
        text.append("\",\"operation\":\"").append(operation.word()).append('"');
        if (!isApply()) text.append(",\"apiVersion\":\"").append(apiVersion).append('"');
        if (!subresource.isEmpty())
            text.append(",\"subresource\":\"").append(subresource).append('"');
        return text.append('}').toString();
    }

    /// As conflict messages name a manager: `"kubectl-edit" using v1`.
    public String words() {
        var text = new StringBuilder("\"").append(manager).append('"');
        if (!subresource.isEmpty())
            text.append(" with subresource \"").append(subresource).append('"');
        if (!isApply()) text.append(" using ").append(apiVersion);
        return text.toString();
    }

    ManagedEntry with(FieldSet other) {
        return other == fields ? this : new ManagedEntry(manager, operation, apiVersion, time, subresource, other);
    }

    ManagedEntry at(@Nullable Instant other) {
        return new ManagedEntry(manager, operation, apiVersion, other, subresource, fields);
    }

    @Override
    public String toString() {
        return manager + " " + operation.name().toLowerCase(Locale.ROOT) + " " + fields;
    }
}
