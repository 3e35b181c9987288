package dev.holdfast.fields;

import dev.holdfast.fields.ManagedEntry.Operation;
import dev.holdfast.model.Mapping;
import java.util.List;

/// Writes of one kind through one subresource, and what they do to ownership. Pure: an object, its owners and a
/// write go in, an object and its owners come out.
///
/// Objects go in and come out as API versions print them. The caller decodes, defaults and validates the result,
/// keeps the system's own metadata (uid, creationTimestamp, …) and decides with {@link
/// ManagedFields#keepingTimesOf} whether anything changed in the end.
///
/// @param resetFields what the endpoint ignores (a status on the main resource): written by nobody through it
/// @param blank the kind's object before anything was written to it, as the server prints it; see {@link Blank}
public record ServerSideApply(Schema schema, FieldSet resetFields, Mapping blank, Versions versions) {

    /// Never owned: identity and bookkeeping.
    private static final FieldSet NEVER_OWNED = FieldSet.of(
            FieldPath.ofFields("apiVersion"),
            FieldPath.ofFields("kind"),
            FieldPath.ofFields("metadata"),
            FieldPath.ofFields("metadata", "name"),
            FieldPath.ofFields("metadata", "namespace"),
            FieldPath.ofFields("metadata", "creationTimestamp"),
            FieldPath.ofFields("metadata", "selfLink"),
            FieldPath.ofFields("metadata", "uid"),
            FieldPath.ofFields("metadata", "clusterName"),
            FieldPath.ofFields("metadata", "generation"),
            FieldPath.ofFields("metadata", "managedFields"),
            FieldPath.ofFields("metadata", "resourceVersion"));

    private static final String BEFORE_FIRST_APPLY = "before-first-apply";

    public static ServerSideApply of(Schema schema) {
        return new ServerSideApply(schema, FieldSet.EMPTY, Blank.of(schema), Versions.SAME);
    }

    public ServerSideApply withResetFields(FieldSet fields) {
        return new ServerSideApply(schema, fields, blank, versions);
    }

    public ServerSideApply withBlank(Mapping object) {
        return new ServerSideApply(schema, resetFields, object, versions);
    }

    public ServerSideApply withVersions(Versions other) {
        return new ServerSideApply(schema, resetFields, blank, other);
    }

    /// Applies a configuration: the object gets its values, loses what this manager applied before and now leaves
    /// out (unless someone else owns it), and the manager owns exactly what the configuration names. `live` is
    /// empty where there is no object yet.
    public Applied apply(
            Mapping live, ManagedFields managed, Mapping configuration, Writer writer, Conflicts conflicts) {
        var config = ManagedFields.without(configuration);
        var problems = TypeCheck.problems(schema.root(), config, TypeCheck.Duplicates.REFUSED);
        if (!problems.isEmpty()) return untyped("patch", config, problems);
        var before = live.isEmpty() ? blank : ManagedFields.without(live);
        problems = TypeCheck.problems(schema.root(), before, TypeCheck.Duplicates.ALLOWED);
        if (!problems.isEmpty()) return untyped("live", before, problems);

        var known = managed.isEmpty() && !live.isEmpty() ? claimed(before, writer) : managed;
        var owners = new Owners(this, writer.apiVersion()).readmit(known.entries(), before);
        var mine = writer.entry(Operation.APPLY, applicable(config));
        var last = owners.find(mine);
        owners.put(mine.at(last == null ? null : last.time()));

        var merged = Merging.merge(schema.root(), before, config) instanceof Mapping object ? object : before;
        var after = last == null ? merged : new Pruning(this, owners, last, writer.apiVersion()).prune(merged);
        var found = owners.write(before, after, mine, conflicts);
        if (!found.isEmpty()) return new Applied.Conflicting(found);
        boolean changed = !after.equals(before);
        owners.strip(mine, NEVER_OWNED);
        if (changed) owners.stamp(mine, writer.time());
        return merged(live, managed, changed ? after : before, owners.build());
    }

    private FieldSet applicable(Mapping config) {
        return OwnedFields.of(schema.root(), config).recursiveDifference(resetFields);
    }

    /// What was there before anyone applied belongs to a manager of its own, so that the first apply takes nothing
    /// over unnoticed.
    private ManagedFields claimed(Mapping live, Writer writer) {
        var first = new Writer(BEFORE_FIRST_APPLY, writer.apiVersion(), writer.subresource(), writer.time());
        return owned(blank, live, ManagedFields.NONE, first);
    }

    /// What any other write (POST, PUT, the patches) does to ownership: the writer owns the fields that it set or
    /// changed, nobody owns what it removed. `before` is empty for a create. The time is the writer's where it took
    /// anything.
    public ManagedFields update(Mapping before, Mapping after, ManagedFields managed, Writer writer) {
        boolean untracked = managed.isEmpty() && !before.isEmpty();
        if (untracked) return managed;
        return owned(
                before.isEmpty() ? blank : ManagedFields.without(before),
                ManagedFields.without(after),
                managed,
                writer);
    }

    private ManagedFields owned(Mapping before, Mapping after, ManagedFields managed, Writer writer) {
        if (before == after) return managed;
        var root = schema.root();
        boolean readable = TypeCheck.problems(root, before, TypeCheck.Duplicates.ALLOWED)
                        .isEmpty()
                && TypeCheck.problems(root, after, TypeCheck.Duplicates.ALLOWED).isEmpty();
        if (!readable) return managed;
        var owners = new Owners(this, writer.apiVersion()).readmit(managed.entries(), before);
        var mine = writer.entry(Operation.UPDATE, FieldSet.EMPTY);
        owners.update(before, after, mine.at(writer.time()), NEVER_OWNED);
        return owners.capped().build();
    }

    private static Applied merged(Mapping live, ManagedFields managed, Mapping after, ManagedFields owners) {
        var stripped = ManagedFields.without(live);
        boolean same = !live.isEmpty() && after.equals(stripped);
        if (!same) return new Applied.Merged(after, owners, Applied.Change.OBJECT);
        boolean sameOwners = owners.equalsIgnoringTimes(managed);
        return new Applied.Merged(
                stripped, sameOwners ? managed : owners, sameOwners ? Applied.Change.NOTHING : Applied.Change.OWNERS);
    }

    /// `failed to create typed patch object (ns/name; apps/v1, Kind=Deployment)`.
    private Applied untyped(String which, Mapping object, List<String> problems) {
        var gvk = schema.gvk();
        var subject = "failed to create typed %s object (%s/%s; %s/%s, Kind=%s)"
                .formatted(
                        which,
                        object.text("metadata", "namespace").orElse(""),
                        object.text("metadata", "name").orElse(""),
                        gvk.group(),
                        gvk.version(),
                        gvk.kind());
        return new Applied.Untyped(subject, problems);
    }
}
