package dev.holdfast.render;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.ReadRecord;
import java.util.List;

/// What came of a render. `reads` says what it rests on: while these are the same, so is the result.
public sealed interface Result {

    ReadRecord reads();

    /// Every object, in the order of files by path and then as written; no duplicates are judged here.
    record Rendered(List<Manifest> manifests, ReadRecord reads) implements Result {
        public Rendered {
            manifests = List.copyOf(manifests);
        }
    }

    /// Something must be fetched first; then the same request is made again.
    record Needs(List<Need> needs, ReadRecord reads) implements Result {
        public Needs {
            needs = List.copyOf(needs);
        }
    }

    /// Nothing usable came out. All that is wrong, as far as it was looked for: at least one fault.
    record Failed(List<Fault> faults, ReadRecord reads) implements Result {
        public Failed {
            faults = List.copyOf(faults);
            if (faults.isEmpty()) throw new IllegalArgumentException("a failed render says why");
        }

        /// All faults as one: the first, and how many more there are.
        public Fault fault() {
            var first = faults.getFirst();
            if (faults.size() == 1) return first;
            var known = first.explanation();
            var more = faults.size() - 1;
            var next = (known.next().isEmpty() ? "" : known.next() + ". ")
                    + (more == 1 ? "There is 1 more problem" : "There are " + more + " more problems");
            var joined = new Fault.Explanation(known.code(), known.message(), next, known.object(), known.place());
            return switch (first) {
                case Fault.Transient _ -> new Fault.Transient(joined);
                case Fault.Waiting(var _, var event) -> new Fault.Waiting(joined, event);
                case Fault.Terminal _ -> new Fault.Terminal(joined);
            };
        }
    }

    /// What a render may ask for. Plain manifests ask for nothing; sources that refer to others do.
    sealed interface Need {
        /// Another source of the app, by its name.
        record Source(String name) implements Need {}
    }
}
