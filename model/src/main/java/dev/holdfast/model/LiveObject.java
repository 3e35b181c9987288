package dev.holdfast.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What we keep of an object of ours that a cluster holds. `values` is the keyed digest of the object projected
/// onto the fields that we remember having applied, `owned` the digest of the fields that managedFields says are
/// ours now; both leave ignored fields out. They are hints: the server's answer to an apply is the judge.
public record LiveObject(
        Ref ref,
        Gvk gvk,
        String uid,
        String resourceVersion,
        Optional<Instant> deletedAt,
        Optional<String> owner,
        Optional<String> marker,
        Health health,
        Hints hints) {

    /// `claims`: which other managers hold fields that we applied, looked at only where a digest differs from the
    /// base line. `ignored`: for each path of an ignore rule, its live value and whether another manager owns it.
    public record Hints(Digest values, Digest owned, List<Claim> claims, SortedMap<String, Ignored> ignored) {
        public Hints {
            claims = List.copyOf(claims);
        }
    }

    /// A manager other than ours, and the fields of ours that it changed or owns, as field paths.
    public record Claim(String manager, Writing writing, List<String> fields) {
        public Claim {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return manager + " changed " + String.join(", ", fields);
        }
    }

    public enum Writing {
        APPLY,
        UPDATE
    }

    public record Ignored(Optional<Value> live, boolean ownedByOthers, boolean ownedByUs) {}
}
