package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.UsualTime;
import dev.holdfast.model.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who owns which fields of an object: the value of `metadata.managedFields`, in the API server's order.
public record ManagedFields(List<ManagedEntry> entries) {

    public static final ManagedFields NONE = new ManagedFields(List.of());

    private static final String FIELDS_TYPE = "FieldsV1";

    public ManagedFields {
        entries = sorted(entries);
    }

    private static List<ManagedEntry> sorted(List<ManagedEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            if (ManagedEntry.ORDER.compare(entries.get(i - 1), entries.get(i)) <= 0) continue;
            var sorted = new ArrayList<>(entries);
            sorted.sort(ManagedEntry.ORDER);
            return List.copyOf(sorted);
        }
        return List.copyOf(entries);
    }

    /// The managed fields of an object. Throws {@link IllegalArgumentException} where they can't be read.
    public static ManagedFields of(Mapping object) {
        var value = object.at("metadata", "managedFields");
        return value == null || value.isNull() ? NONE : parse(value);
    }

    /// The managed fields of an object; none where they can't be read, as the API server treats them.
    public static ManagedFields ofOrNone(Mapping object) {
        try {
            return of(object);
        } catch (IllegalArgumentException unreadable) {
            return NONE;
        }
    }

    /// What a PUT or patch leaves as managed fields before ownership is computed: those that it sends, where it
    /// sends readable ones; none where it sends `[{}]` on purpose; otherwise those of the live object, so that
    /// clients that know nothing of them lose nothing.
    public static ManagedFields sentOrLive(Mapping sent, ManagedFields live) {
        var value = sent.at("metadata", "managedFields");
        if (!(value instanceof Sequence items)) return live;
        if (items.size() == 1 && items.get(0) instanceof Mapping only && only.isEmpty()) return NONE;
        try {
            var read = parse(items);
            return read.isEmpty() ? live : read;
        } catch (IllegalArgumentException unreadable) {
            return live;
        }
    }

    public static ManagedFields parse(Value value) {
        if (!(value instanceof Sequence items)) throw new IllegalArgumentException("managedFields is no list");
        var entries = new ArrayList<ManagedEntry>(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof Mapping entry)) {
                throw new IllegalArgumentException("managedFields[" + i + "] is no map");
            }
            entries.add(entry(entry, i));
        }
        return new ManagedFields(entries);
    }

    private static ManagedEntry entry(Mapping entry, int position) {
        var operation = ManagedEntry.Operation.of(entry.text("operation").orElse(""));
        if (operation == null) {
            throw new IllegalArgumentException("managedFields[" + position + "].operation is neither Apply nor Update");
        }
        var fields = entry.get("fieldsV1");
        return new ManagedEntry(
                entry.text("manager").orElse(""),
                operation,
                entry.text("apiVersion").orElse(""),
                entry.text("time").map(ManagedFields::instant).orElse(null),
                entry.text("subresource").orElse(""),
                fields == null || fields.isNull() ? FieldSet.EMPTY : FieldsV1.parse(fields));
    }

    private static Instant instant(String text) {
        try {
            var usual = UsualTime.parse(text);
            if (usual != null) return usual;
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException("`" + text + "` in managedFields is no time", unreadable);
        }
    }

    public Sequence print() {
        var items = new ArrayList<Value>(entries.size());
        for (var entry : entries) items.add(print(entry));
        return Sequence.of(items);
    }

    private static Mapping print(ManagedEntry entry) {
        var fields = Mapping.builder()
                .put("manager", entry.manager())
                .put("operation", entry.operation().word())
                .put("apiVersion", entry.apiVersion());
        var time = entry.time();
        if (time != null)
            fields.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put("fieldsType", FIELDS_TYPE).put("fieldsV1", FieldsV1.print(entry.fields()));
        if (!entry.subresource().isEmpty()) fields.put("subresource", entry.subresource());
        return fields.build();
    }

    /// The object with these managed fields in its metadata, or without any where there are none.
    public Mapping into(Mapping object) {
        var metadata = object.mapping("metadata");
        var changed = isEmpty() ? metadata.without("managedFields") : metadata.with("managedFields", print());
        return changed == metadata ? object : object.with("metadata", changed);
    }

    /// The object without managed fields.
    public static Mapping without(Mapping object) {
        return object.get("metadata") instanceof Mapping metadata && metadata.has("managedFields")
                ? object.with("metadata", metadata.without("managedFields"))
                : object;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /// What an applier owns through the main resource or a subresource (empty: the main one).
    public Optional<ManagedEntry> applied(String manager, String subresource) {
        return entries.stream()
                .filter(entry -> entry.isApply()
                        && entry.manager().equals(manager)
                        && entry.subresource().equals(subresource))
                .findFirst();
    }

    /// All fields of one manager, whatever its operation, version and subresource.
    public FieldSet ownedBy(String manager) {
        var owned = FieldSet.EMPTY;
        for (var entry : entries) {
            if (entry.manager().equals(manager)) owned = owned.union(entry.fields());
        }
        return owned;
    }

    /// Who owns a path, itself or through an atomic parent that it is part of.
    public List<ManagedEntry> ownersOf(FieldPath path) {
        return entries.stream().filter(entry -> entry.fields().contains(path)).toList();
    }

    /// The entries whose fields meet the given ones, with just these fields.
    public List<ManagedEntry> owning(FieldSet fields) {
        var owning = new ArrayList<ManagedEntry>();
        for (var entry : entries) {
            var shared = entry.fields().intersection(fields);
            if (!shared.isEmpty()) owning.add(entry.with(shared));
        }
        return List.copyOf(owning);
    }

    public boolean equalsIgnoringTimes(ManagedFields other) {
        if (this == other) return true;
        if (entries.size() != other.entries.size()) return false;
        for (var entry : entries) {
            boolean found = false;
            for (var their : other.entries) found |= entry.equalsIgnoringTime(their);
            if (!found) return false;
        }
        return true;
    }

    /// These, or the former ones where only times differ. A server calls it when the stored object would otherwise
    /// stay the same (after defaulting), so that a time alone is no change.
    public ManagedFields keepingTimesOf(ManagedFields before) {
        return equalsIgnoringTimes(before) ? before : this;
    }
}
