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
        list.add(Mapping.builder()
                .put("type", said.type())
                .put("status", said.status())
                .put("lastUpdateTime", time)
                .put("lastTransitionTime", since)
                .put("reason", said.reason())
                .put("message", said.message())
                .build());
        return Sequence.of(list);
    }

    private static ArrayList<Value> without(Sequence conditions, String type) {
        var list = new ArrayList<Value>();
        for (var condition : conditions.mappings()) {
            if (!condition.text("type").orElse("").equals(type)) list.add(condition);
        }
        return list;
    }
}
