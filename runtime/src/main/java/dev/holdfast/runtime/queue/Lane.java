package dev.holdfast.runtime.queue;

/// Why a key is looked at, the most urgent first: somebody waits for an answer, a commit is to be rolled out, a
/// live object changed, an appointment is due.
public enum Lane {
    PERSON,
    COMMIT,
    WATCH,
    RESYNC
}
