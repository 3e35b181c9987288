package dev.holdfast.sandbox.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Bounds how many items hold a tree beside their text: a ring, in which a newcomer cools the one that it replaces.
final class Warmth {

    private final Codec codec;
    private final AtomicReferenceArray<Item> ring;
    private final AtomicInteger next = new AtomicInteger();

    Warmth(Codec codec, int kept) {
        this.codec = codec;
        this.ring = new AtomicReferenceArray<>(kept);
    }

    Codec codec() {
        return codec;
    }

    void keep(Item item) {
        int at = Math.floorMod(next.getAndIncrement(), ring.length());
        var replaced = ring.getAndSet(at, item);
        if (replaced != null && replaced != item) replaced.cool();
    }
}
