package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.UsualTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// Times in objects, which anybody may have edited.
final class Times {

    private Times() {}

    /// Empty where there is none, or none that can be read.
    static Optional<Instant> of(Mapping object, String... path) {
        try {
            return object.text(path).map(Times::parse);
        } catch (DateTimeException edited) {
            return Optional.empty();
        }
    }

    private static Instant parse(String text) {
        var usual = UsualTime.parse(text);
        return usual != null ? usual : Instant.parse(text);
    }

    /// The earlier of two times to look again.
    static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty()) return other;
        return other.isPresent() && other.get().isBefore(one.get()) ? other : one;
    }
}
