package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.realm.Realm;

/// Who wrote which field.
final class Ownership {

    private final Realm realm;

    Ownership(Realm realm) {
        this.realm = realm;
    }

    Mapping created(Target target, Mapping object, WriteOptions options) {
        return object;
    }

    Mapping updated(Target target, Mapping live, Mapping object, WriteOptions options) {
        return object;
    }

    Mapping applied(Target target, Mapping config, WriteOptions options) {
        return config;
    }

    Mapping applied(Target target, Mapping live, Mapping config, WriteOptions options) {
        return config;
    }
}
