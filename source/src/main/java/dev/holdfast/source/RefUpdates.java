package dev.holdfast.source;

import org.eclipse.jgit.lib.RefUpdate;

/// What the results of JGit's updates of refs mean.
final class RefUpdates {

    private RefUpdates() {}

    /// Whether the ref is where it was to be.
    static boolean done(RefUpdate.Result result) {
        return switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> true;
            case NOT_ATTEMPTED,
                    LOCK_FAILURE,
                    REJECTED,
                    REJECTED_CURRENT_BRANCH,
                    REJECTED_MISSING_OBJECT,
                    REJECTED_OTHER_REASON,
                    IO_FAILURE,
                    RENAMED -> false;
        };
    }
}
