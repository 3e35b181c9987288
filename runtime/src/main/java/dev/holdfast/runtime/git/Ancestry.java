package dev.holdfast.runtime.git;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.GitHost;
import dev.holdfast.port.Refs;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a branch that moved only went on, or was rewritten.
enum Ancestry {
    FOLLOWS,
    /// Force-pushed: what was before is not in the history of what is now.
    REWRITTEN,
    /// History is too shallow to tell, and the server does not hand out more.
    UNKNOWN;

    private static final Logger LOG = LoggerFactory.getLogger(Ancestry.class);

    /// Asks for more history where that is needed.
    static Ancestry of(Tracked.At before, Refs.Resolved now) {
        boolean branch = now.ref().equals("HEAD") || now.ref().startsWith("refs/heads/");
        if (!branch || !before.ref().equals(now.ref())) return FOLLOWS;
        var store = before.store();
        var known = store.isAncestor(before.commit(), now.commit());
        if (known.isEmpty()) known = deepened(store, before.commit(), now.commit());
        return known.map(follows -> follows ? FOLLOWS : REWRITTEN).orElse(UNKNOWN);
    }

    private static Optional<Boolean> deepened(GitHost.Store store, String before, String now) {
        try {
            store.deepen(Set.of(now));
            return store.isAncestor(before, now);
        } catch (FaultException refused) {
            LOG.atInfo().addKeyValue("store", store.name()).log("no more history: {}", refused.getMessage());
            return Optional.empty();
        }
    }

    static Fault unknown(Tracked.At before, Refs.Resolved now) {
        return Fault.temporary(
                "HistoryUnknown",
                "%s moved from %s to %s, and the server does not hand out the history between them: it may have been rewritten"
                        .formatted(Refs.words(now.ref()), shortened(before.commit()), shortened(now.commit())),
                "Run `holdfast sync` to take it all the same");
    }

    private static String shortened(String commit) {
        return commit.substring(0, Math.min(7, commit.length()));
    }
}
