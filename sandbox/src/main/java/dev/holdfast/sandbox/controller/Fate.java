package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import java.time.Duration;
import java.util.Optional;

/// What becomes of a Pod, by the tag of an image or by an annotation of the Pod.
enum Fate {
    /// Becomes ready, and stays.
    RUNS("runs"),
    /// Its containers end well after a while, where the restart policy lets them end.
    ENDS("ends"),
    CANNOT_PULL("fail-pull"),
    /// Its containers end with an error, again and again.
    CRASHES("fail-crash"),
    NEVER_READY("fail-ready"),
    /// No node is good enough.
    UNSCHEDULABLE("fail-schedule"),
    /// Becomes ready, but late.
    STARTS_SLOWLY("slow");

    static final String ANNOTATION = "sandbox.holdfast.dev/pods";
    static final String START_SECONDS = "sandbox.holdfast.dev/start-seconds";
    private static final Duration SLOW = Duration.ofSeconds(30);

    private final String word;

    Fate(String word) {
        this.word = word;
    }

    static Fate of(Mapping pod) {
        var asked = pod.text("metadata", "annotations", ANNOTATION).orElse("");
        for (var fate : values()) {
            if (fate.word.equals(asked)) return fate.settled(pod);
        }
        for (var container : pod.sequence("spec", "containers").mappings()) {
            var image = container.text("image").orElse("");
            for (var fate : values()) {
                boolean named = fate != RUNS && fate != ENDS && image.endsWith(":" + fate.word);
                if (named) return fate.settled(pod);
            }
        }
        return RUNS.settled(pod);
    }

    private Fate settled(Mapping pod) {
        boolean restarts = pod.text("spec", "restartPolicy").orElse("Always").equals("Always");
        return switch (this) {
            case RUNS, STARTS_SLOWLY -> restarts ? this : ENDS;
            case ENDS -> restarts ? RUNS : ENDS;
            case CANNOT_PULL, CRASHES, NEVER_READY, UNSCHEDULABLE -> this;
        };
    }

    boolean ready() {
        return this == RUNS || this == ENDS || this == STARTS_SLOWLY;
    }

    /// How long its containers take to start.
    Duration start(Mapping pod, Duration usual) {
        Optional<Duration> given = Optional.empty();
        try {
            given = pod.text("metadata", "annotations", START_SECONDS)
                    .map(text -> Duration.ofSeconds(Math.clamp(Long.parseLong(text), 0, 86_400)));
        } catch (NumberFormatException noNumber) {
            // as if it were not there
        }
        return given.orElse(this == STARTS_SLOWLY ? SLOW : usual);
    }
}
