package dev.holdfast.engine.apply;

import dev.holdfast.engine.live.IgnoreRules;
import dev.holdfast.fields.FieldSet;
import dev.holdfast.fields.ManagedEntry;
import dev.holdfast.fields.ManagedFields;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ownership;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Step;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// JSON patches that change who owns fields, and nothing else, tested against the resourceVersion that they were
/// made from. An apply alone only makes us a co-owner, and then a later removal from Git would do nothing.
public final class OwnershipPatch {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String MANAGED_FIELDS = "/metadata/managedFields";

    private OwnershipPatch() {}

    /// After an apply: takes our fields away from managers that wrote them by hand (`Update`). `answer` is what the
    /// apply returned. Empty where nobody else claims them. Ignored fields and the status are left to others.
    public static Optional<Sequence> retaking(Mapping answer, Ref ref, Ownership ours, IgnoreRules ignore) {
        var managed = ManagedFields.ofOrNone(answer);
        var own = managed.applied(ours.fieldManager(), "")
                .map(ManagedEntry::fields)
                .orElse(FieldSet.EMPTY);
        var fields = own.recursiveDifference(ignore.set(ref, answer));
        if (fields.isEmpty()) return Optional.empty();
        var entries = new ArrayList<ManagedEntry>();
        boolean changed = false;
        for (var entry : managed.entries()) {
            boolean byHand = !entry.isApply() && !entry.subresource().equals("status");
            var rest = byHand ? entry.fields().difference(fields) : entry.fields();
            boolean same = rest.size() == entry.fields().size();
            changed |= !same;
            if (same) entries.add(entry);
            else if (!rest.isEmpty()) entries.add(with(entry, rest));
        }
        if (!changed) return Optional.empty();
        return Optional.of(patch(answer, List.of(replacing(new ManagedFields(entries)))));
    }

    /// Before the apply of an adoption that names tools: their entries become ours, so that what they set and Git
    /// does not goes with our apply, and kubectl's last-applied annotation is dropped. Empty where there is nothing
    /// to take over.
    public static Optional<Sequence> adopting(Mapping live, Step.Apply step, Ownership ours) {
        var operations = new ArrayList<Value>();
        if (step.force() instanceof Step.Force.Over(var managers)) {
            folded(
                            ManagedFields.ofOrNone(live),
                            managers,
                            ours,
                            step.desired().gvk().apiVersion())
                    .ifPresent(entries -> operations.add(replacing(entries)));
            if (live.text("metadata", "annotations", LAST_APPLIED).isPresent()) {
                operations.add(removing("/metadata/annotations/" + escaped(LAST_APPLIED)));
            }
        }
        return operations.isEmpty() ? Optional.empty() : Optional.of(patch(live, operations));
    }

    /// Entries of another version than ours can't be united with ours: they only go.
    private static Optional<ManagedFields> folded(
            ManagedFields managed, List<String> managers, Ownership ours, String apiVersion) {
        var entries = new ArrayList<ManagedEntry>();
        var taken = FieldSet.EMPTY;
        ManagedEntry own = null;
        ManagedEntry first = null;
        for (var entry : managed.entries()) {
            boolean main = entry.subresource().isEmpty();
            if (main && entry.isApply() && entry.manager().equals(ours.fieldManager())) own = entry;
            else if (main && managers.contains(entry.manager())) {
                if (first == null) first = entry;
                if (entry.apiVersion().equals(apiVersion)) taken = taken.union(entry.fields());
            } else entries.add(entry);
        }
        if (first == null) return Optional.empty();
        var all = own == null ? taken : own.fields().union(taken);
        var time = own == null ? first.time() : own.time();
        entries.add(new ManagedEntry(ours.fieldManager(), ManagedEntry.Operation.APPLY, apiVersion, time, "", all));
        return Optional.of(new ManagedFields(entries));
    }

    /// Lets an object go: takes our label, our annotation and our entry off it, and no value. Empty where nothing
    /// of ours is on it.
    public static Optional<Sequence> releasing(Mapping live, Ownership ours) {
        var operations = new ArrayList<Value>();
        var metadata = live.mapping("metadata");
        if (metadata.text("labels", ours.labelKey()).isPresent()) {
            operations.add(removing("/metadata/labels/" + escaped(ours.labelKey())));
        }
        if (metadata.text("annotations", ours.markerAnnotation()).isPresent()) {
            operations.add(removing("/metadata/annotations/" + escaped(ours.markerAnnotation())));
        }
        var managed = ManagedFields.ofOrNone(live);
        var others = managed.entries().stream()
                .filter(entry -> !entry.manager().equals(ours.fieldManager()))
                .toList();
        if (others.size() < managed.entries().size()) operations.add(replacing(new ManagedFields(others)));
        return operations.isEmpty() ? Optional.empty() : Optional.of(patch(live, operations));
    }

    private static ManagedEntry with(ManagedEntry entry, FieldSet fields) {
        return new ManagedEntry(
                entry.manager(), entry.operation(), entry.apiVersion(), entry.time(), entry.subresource(), fields);
    }

    private static Sequence patch(Mapping object, List<? extends Value> operations) {
        var patch = new ArrayList<Value>();
        patch.add(Mapping.builder()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .put("value", object.text("metadata", "resourceVersion").orElse(""))
                .build());
        patch.addAll(operations);
        return Sequence.of(patch);
    }

    /// An empty list would leave managedFields as they are; a list with one empty entry resets them.
    private static Mapping replacing(ManagedFields entries) {
        var printed = entries.print();
        return Mapping.builder()
                .put("op", "replace")
                .put("path", MANAGED_FIELDS)
                .put("value", printed.isEmpty() ? Sequence.of(Mapping.EMPTY) : printed)
                .build();
    }

    private static Mapping removing(String pointer) {
        return Mapping.builder().put("op", "remove").put("path", pointer).build();
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
