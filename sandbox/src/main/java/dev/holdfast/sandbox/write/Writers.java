package dev.holdfast.sandbox.write;

import dev.holdfast.sandbox.realm.Realm;

/// All ways to write, wired together.
public record Writers(Creating creating, Changing changing, Deleting deleting, Questions questions) {

    public static Writers of(Realm realm) {
        var kinds = new Kinds(realm.types());
        var parts = new Parts(
                kinds, new Rules(kinds), new Ownership(realm, kinds), new Admission(realm), new Commits(realm));
        var creating = new Creating(realm, parts);
        return new Writers(
                creating, new Changing(realm, parts, creating), new Deleting(realm, parts), new Questions(parts));
    }
}
