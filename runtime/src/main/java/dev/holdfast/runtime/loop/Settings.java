package dev.holdfast.runtime.loop;

import dev.holdfast.engine.gate.WriteGate;
import dev.holdfast.runtime.git.SourceWatch;
import dev.holdfast.runtime.home.Installation;
import dev.holdfast.runtime.queue.Backoff;
import java.time.Duration;
import java.util.Optional;

/// How the loop is run. `namespace` is Holdfast's own; `serviceAccount` what Apps without one of their own write
/// as; `concurrency` how many placements of a cluster are worked on at a time; `seed` what jitter is drawn from.
public record Settings(
        Installation installation,
        String namespace,
        Optional<String> serviceAccount,
        WriteGate.Standing standing,
        int concurrency,
        Backoff backoff,
        SourceWatch.Pace polling,
        Duration patience,
        long seed) {

    public static final String NAMESPACE = "holdfast-system";

    /// What holds where nobody says otherwise.
    public static Settings of(Installation installation, WriteGate.Standing standing, long seed) {
        return new Settings(
                installation,
                NAMESPACE,
                Optional.empty(),
                standing,
                16,
                Backoff.DEFAULT,
                SourceWatch.Pace.DEFAULT,
                Duration.ofSeconds(10),
                seed);
    }

    public Settings in(String ownNamespace, Optional<String> defaultServiceAccount) {
        return new Settings(
                installation,
                ownNamespace,
                defaultServiceAccount,
                standing,
                concurrency,
                backoff,
                polling,
                patience,
                seed);
    }
}
