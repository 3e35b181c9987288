package dev.holdfast.fields;

/// A field that an apply would change and that another manager owns. `owner` holds just the fields in conflict.
public record Conflict(ManagedEntry owner, FieldPath path) {

    /// `conflict with "kubectl-edit" using v1`: the text of a cause of the 409.
    public String cause() {
        return "conflict with " + owner.words();
    }
}
