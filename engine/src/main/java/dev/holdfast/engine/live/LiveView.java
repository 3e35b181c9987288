package dev.holdfast.engine.live;

import dev.holdfast.engine.health.HealthOf;
import dev.holdfast.fields.FieldSet;
import dev.holdfast.fields.FieldsV1;
import dev.holdfast.fields.ManagedEntry;
import dev.holdfast.fields.ManagedFields;
import dev.holdfast.fields.Projection;
import dev.holdfast.model.DesiredObject;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.LiveObject.Hints;
import dev.holdfast.model.LiveObject.Ignored;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ownership;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Secret;
import dev.holdfast.model.UsualTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a placement looks at the objects of a cluster: reduces a full object to what is kept of it. Made once per
/// placement, used for every watch event.
public final class LiveView {

    private final Ownership ownership;
    private final IgnoreRules ignore;
    private final Secret key;

    private LiveView(Ownership ownership, IgnoreRules ignore, Secret key) {
        this.ownership = ownership;
        this.ignore = ignore;
        this.key = key;
    }

    /// @throws dev.holdfast.model.FaultException terminal `BadIgnorePath`
    public static LiveView of(Placement placement, Secret key) {
        return new LiveView(
                placement.ownership(), IgnoreRules.of(placement.policy().ignore()), key);
    }

    /// What is remembered of an object: the base line of this process' last apply, the inventory's entry, and what
    /// Git wants. Each may be missing: after a restart there is no base line, for a leaving object nothing is
    /// wanted.
    public record Memory(Optional<Baseline> base, Optional<Entry> entry, Optional<DesiredObject> desired) {
        public static final Memory NONE = new Memory(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// Items of a list carry no kind of their own, so `gvk` says what the object is.
    public LiveObject of(Gvk gvk, Mapping object, Memory memory) {
        var ref = ref(gvk, object);
        return live(ref, gvk, object, hints(ref, object, memory));
    }

    /// What the answer of an apply is: the base line that later versions are measured against, and the object,
    /// which is as it was applied.
    public record Answered(Baseline base, LiveObject live) {}

    public Answered answered(DesiredObject desired, Mapping answer) {
        var managed = ManagedFields.ofOrNone(answer);
        var base = baseline(answer, desired, managed);
        var hints = new Hints(base.values(), base.owned(), List.of(), ignored(desired.ref(), answer, managed));
        return new Answered(base, live(ref(desired.gvk(), answer), desired.gvk(), answer, hints));
    }

    /// The base line that the answer of an apply is.
    public Baseline baseline(Mapping answer, DesiredObject desired) {
        return baseline(answer, desired, ManagedFields.ofOrNone(answer));
    }

    private Baseline baseline(Mapping answer, DesiredObject desired, ManagedFields managed) {
        var fields = Claims.owned(managed, ownership.fieldManager());
        var rules = ignore.set(desired.ref(), answer);
        var ours = fields.recursiveDifference(rules);
        var compared = ours.isEmpty() ? Leaves.of(desired.body()).recursiveDifference(rules) : ours;
        return new Baseline(compared, values(desired.ref(), answer, compared), owned(ours));
    }

    private static Ref ref(Gvk gvk, Mapping object) {
        var metadata = object.mapping("metadata");
        return new Ref(
                gvk.group(),
                gvk.kind(),
                metadata.text("namespace").orElse(""),
                metadata.text("name").orElse(""));
    }

    private LiveObject live(Ref ref, Gvk gvk, Mapping object, Hints hints) {
        var metadata = object.mapping("metadata");
        return new LiveObject(
                ref,
                gvk,
                metadata.text("uid").orElse(""),
                metadata.text("resourceVersion").orElse(""),
                metadata.text("deletionTimestamp").map(LiveView::instant),
                metadata.text("labels", ownership.labelKey()),
                metadata.text("annotations", ownership.markerAnnotation()),
                HealthOf.object(gvk, object),
                hints);
    }

    private Hints hints(Ref ref, Mapping object, Memory memory) {
        var managed = ManagedFields.ofOrNone(object);
        var rules = ignore.set(ref, object);
        var ours = Claims.owned(managed, ownership.fieldManager()).recursiveDifference(rules);
        var compared = memory.base().map(Baseline::fields).orElseGet(() -> fallback(ours, rules, memory));
        var values = values(ref, object, compared);
        var owned = memory.base()
                .filter(base -> base.fields().equals(ours))
                .map(Baseline::owned)
                .orElseGet(() -> owned(ours));
        boolean differs = memory.entry()
                .filter(Entry::applied)
                .filter(entry -> !entry.values().filter(values::equals).isPresent()
                        || !entry.owned().filter(owned::equals).isPresent())
                .isPresent();
        var claims = differs
                ? new Claims(managed, ownership.fieldManager(), rules).on(object, ours, memory)
                : List.<LiveObject.Claim>of();
        return new Hints(values, owned, claims, ignored(ref, object, managed));
    }

    private static FieldSet fallback(FieldSet ours, FieldSet rules, Memory memory) {
        if (!ours.isEmpty() || memory.desired().isEmpty()) return ours;
        return Leaves.of(memory.desired().get().body()).recursiveDifference(rules);
    }

    /// Ignored values are taken out of the object as well as out of the set: they may be part of something that is
    /// owned as a whole.
    private Digest values(Ref ref, Mapping object, FieldSet compared) {
        var rest = object;
        for (var path : ignore.paths(ref, object)) rest = PathValue.without(rest, path);
        return Digest.keyed(key, Projection.of(rest, compared));
    }

    private Digest owned(FieldSet ours) {
        return Digest.keyed(key, FieldsV1.print(ours));
    }

    private SortedMap<String, Ignored> ignored(Ref ref, Mapping object, ManagedFields managed) {
        var found = new TreeMap<String, Ignored>();
        for (var path : ignore.paths(ref, object)) {
            boolean ours = false;
            boolean others = false;
            for (ManagedEntry entry : managed.entries()) {
                if (!Claims.covers(entry.fields(), path)) continue;
                if (Claims.isOurs(entry, ownership.fieldManager())) ours = true;
                else others = true;
            }
            found.put(path.toString(), new Ignored(Optional.ofNullable(PathValue.find(object, path)), others, ours));
        }
        return found;
    }

    /// A time that nobody can read still says that the object is being deleted.
    private static Instant instant(String text) {
        return UsualTime.read(text).orElse(Instant.EPOCH);
    }
}
