package dev.holdfast.fields;

/// What an apply does where another manager owns a field that it would change.
public enum Conflicts {
    REFUSE,
    /// Takes the field over (`force=true`).
    FORCE
}
