package dev.holdfast.sandbox.realm;

import dev.holdfast.port.Tasks;
import dev.holdfast.sandbox.resource.Catalog;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import dev.holdfast.sandbox.store.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What every part of the server is given.
public record Realm(Store store, Types types, Chance chance, Tasks tasks) {

    public Catalog catalog() {
        return types.catalog();
    }

    public Shelf shelf(ResourceType type) {
        return store.shelf(type.shelf());
    }

    /// The stored object; null where there is none.
    public @Nullable Item find(ResourceType type, String namespace, String name) {
        return shelf(type).get(type.key(namespace, name));
    }

    /// The time as objects carry it: whole seconds, UTC.
    public String timestamp() {
        return Second.of(tasks.now()).text();
    }

    /// Most objects of a busy server are written within the same second as others.
    private record Second(long epoch, String text) {
        private static volatile Second last = new Second(0, Instant.EPOCH.toString());

        static Second of(Instant time) {
            var known = last;
            if (known.epoch == time.getEpochSecond()) return known;
            var made = new Second(
                    time.getEpochSecond(), time.truncatedTo(ChronoUnit.SECONDS).toString());
            last = made;
            return made;
        }
    }

    /// The time with microseconds, as Leases and Events carry it.
    public String preciseTimestamp() {
        return micros(tasks.now());
    }

    public static String micros(Instant time) {
        var seconds = time.truncatedTo(ChronoUnit.SECONDS).toString();
        return seconds.substring(0, seconds.length() - 1) + ".%06dZ".formatted(time.getNano() / 1_000);
    }
}
