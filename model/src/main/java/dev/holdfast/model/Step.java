package dev.holdfast.model;

import java.util.List;
import java.util.Optional;

/// One thing that the actuator does to one object. Plans are lists of these; the UI, `holdfast plan`, dry runs and
/// events print the same values that are carried out.
public sealed interface Step {

    Ref ref();

    /// Why, as a sentence without subject: `changed in Git`, `edited by kubectl-edit`.
    String why();

    /// Server-side apply of a desired object. `live` is what we know of it.
    record Apply(DesiredObject desired, Optional<LiveObject> live, Reason reason, Force force, String why)
            implements Step {
        @Override
        public Ref ref() {
            return desired.ref();
        }

        /// The same step with the object as it was read just now: an adoption knows no more than metadata until
        /// then, and must mean the object that it read, with its uid and its ignored fields.
        public Apply seeing(LiveObject found) {
            return new Apply(desired, Optional.of(found), reason, force, why);
        }
    }

    enum Reason {
        CREATE,
        CHANGE,
        /// The object exists and nobody else's marker is on it, or `adopt` names its tool.
        ADOPT,
        /// The hint says that the live object is no longer what we applied.
        HEAL
    }

    /// What to do about conflicting owners: an apply is sent unforced first; who may be overruled is named here.
    sealed interface Force {
        /// `Update` managers give way (somebody edited by hand); an `Apply` manager is a fault.
        record OverUpdates() implements Force {}

        /// Also these `Apply` managers.
        record Over(List<String> managers) implements Force {}
    }

    /// Creates the destination's namespace where it is missing (`createNamespace`). It never becomes ours: no
    /// marks, no entry in the inventory, never deleted.
    record Ensure(DesiredObject desired, String why) implements Step {
        @Override
        public Ref ref() {
            return desired.ref();
        }
    }

    /// A dry run that only finds out whether a difference is drift: where nothing may be written.
    record Inspect(DesiredObject desired, LiveObject live, String why) implements Step {
        @Override
        public Ref ref() {
            return desired.ref();
        }
    }

    /// A delete with the entry's uid as precondition.
    record Prune(Inventory.Entry entry, String why) implements Step {
        @Override
        public Ref ref() {
            return entry.ref();
        }
    }

    /// Leaves the object where it is and takes our marks and our ownership off it.
    record Release(Inventory.Entry entry, String why) implements Step {
        @Override
        public Ref ref() {
            return entry.ref();
        }
    }

    /// Only the inventory changes: the object is gone, or never was ours.
    record Forget(Inventory.Entry entry, String why) implements Step {
        @Override
        public Ref ref() {
            return entry.ref();
        }
    }
}
