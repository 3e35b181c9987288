package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;

/// Reads objects that are questions: defaulted and with an owner, as if they were to be stored.
public final class Questions {

    private final Kinds kinds;
    private final Ownership ownership;

    Questions(Parts parts) {
        this.kinds = parts.kinds();
        this.ownership = parts.ownership();
    }

    public Mapping read(Target target, Mapping sent, WriteOptions options) {
        return ownership.created(target, kinds.read(target.type(), sent), options);
    }
}
