package dev.holdfast.cli;

import dev.holdfast.model.AppName;
import dev.holdfast.model.Mapping;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// What an App object says, for printing.
record AppView(Mapping object) {

    AppName name() {
        return new AppName(
                object.text("metadata", "namespace").orElse(""),
                object.text("metadata", "name").orElse(""));
    }

    String uid() {
        return object.text("metadata", "uid").orElse("");
    }

    private Mapping status() {
        return object.mapping("status");
    }

    String ready() {
        return condition("Ready").flatMap(ready -> ready.text("status")).orElse("Unknown");
    }

    Optional<Mapping> condition(String type) {
        return status().sequence("conditions").mappings().stream()
                .filter(condition -> condition.text("type").filter(type::equals).isPresent())
                .findFirst();
    }

    /// Whether the status is about the newest spec.
    boolean observed() {
        return status().whole("observedGeneration").equals(object.whole("metadata", "generation"));
    }

    String sync() {
        return status().text("sync").orElse("");
    }

    String health() {
        return status().text("health").orElse("");
    }

    String revision() {
        return status().text("revision").orElse("");
    }

    String why() {
        return status().text("why").orElse("Holdfast has not looked at it yet; is it running?");
    }

    String targetsWord() {
        return status().text("summary", "targets").orElse("");
    }

    List<Mapping> targets() {
        return status().sequence("targets").mappings();
    }

    List<Mapping> history() {
        return status().sequence("history").mappings();
    }

    /// What waits for a person's confirmation, by target.
    Optional<Mapping> confirm() {
        return targets().stream()
                .filter(target -> target.has("confirm"))
                .map(target -> target.mapping("confirm"))
                .findFirst();
    }

    Optional<String> deletedAt() {
        return object.text("metadata", "deletionTimestamp");
    }

    String age(Instant now) {
        return object.text("metadata", "creationTimestamp")
                .map(text -> ago(text, now))
                .orElse("");
    }

    /// As kubectl prints ages: `5s`, `3m`, `2h`, `4d`.
    static String ago(String time, Instant now) {
        try {
            var past = Duration.between(Instant.parse(time), now);
            if (past.compareTo(Duration.ofMinutes(2)) < 0) return Math.max(0, past.toSeconds()) + "s";
            if (past.compareTo(Duration.ofHours(2)) < 0) return past.toMinutes() + "m";
            if (past.compareTo(Duration.ofDays(2)) < 0) return past.toHours() + "h";
            return past.toDays() + "d";
        } catch (DateTimeParseException unreadable) {
            return "?";
        }
    }
}
