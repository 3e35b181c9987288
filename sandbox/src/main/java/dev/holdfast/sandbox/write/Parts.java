package dev.holdfast.sandbox.write;

/// What the writers share.
record Parts(Kinds kinds, Rules rules, Ownership ownership, Admission admission, Commits commits) {}
