package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.Optional;

/// The condition lists of workloads.
final class Conditions {

    private Conditions() {}

    /// What a condition says.
    record Said(String type, String status, String reason, String message) {}

    static Optional<Mapping> find(Sequence conditions, String type) {
        return conditions.mappings().stream()
                .filter(condition -> condition.text("type").orElse("").equals(type))
                .findFirst();
    }

    /// The list with a condition set: untouched where status and reason are the same, else at the end, with the
    /// time of its last transition kept where the status stays.
    static Sequence with(Sequence conditions, Said said, String time) {
        var before = find(conditions, said.type());
        boolean sameStatus =
                before.isPresent() && before.get().text("status").orElse("").equals(said.status());
        if (sameStatus && before.get().text("reason").orElse("").equals(said.reason())) return conditions;
        var since = sameStatus ? before.get().text("lastTransitionTime").orElse(time) : time;
        var list = without(conditions, said.type());
        return list.plus(Mapping.builder()
                .put("type", said.type())
                .put("status", said.status())
                .put("lastUpdateTime", time)
                .put("lastTransitionTime", since)
                .put("reason", said.reason())
                .put("message", said.message())
                .build());
    }

    /// The list with a condition set although it said the same before: its time of update is now.
    static Sequence renewed(Sequence conditions, Said said, String time) {
        var before = find(conditions, said.type());
        boolean sameStatus =
                before.isPresent() && before.get().text("status").orElse("").equals(said.status());
        var since = sameStatus ? before.get().text("lastTransitionTime").orElse(time) : time;
        return with(Conditions.without(conditions, said.type()), said, time).map(condition -> {
            if (!(condition instanceof Mapping mapping)) return condition;
            boolean own = mapping.text("type").orElse("").equals(said.type());
            return own ? mapping.with("lastTransitionTime", Value.of(since)) : mapping;
        });
    }

    /// A condition of another object, as one's own.
    static Said said(Mapping condition) {
        return new Said(
                condition.text("type").orElse(""),
                condition.text("status").orElse(""),
                condition.text("reason").orElse(""),
                condition.text("message").orElse(""));
    }

    static Sequence without(Sequence conditions, String type) {
        if (find(conditions, type).isEmpty()) return conditions;
        var list = new ArrayList<Value>();
        for (var condition : conditions.mappings()) {
            if (!condition.text("type").orElse("").equals(type)) list.add(condition);
        }
        return Sequence.of(list);
    }
}
