package dev.holdfast.runtime.home;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is in charge, when several Holdfasts look at one cluster: the holder of one Lease. A holder that could not
/// renew for `deadline` stops writing before others may take over after `duration`; clocks of other machines are
/// never compared, only how long a Lease stayed unchanged while we watched it.
public final class LeaseHold {

    public static final String NAME = "holdfast";
    private static final Logger LOG = LoggerFactory.getLogger(LeaseHold.class);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /// `renewal`: how often a holder writes; `retry`: how often the others look, and a holder tries again.
    public record Times(Duration duration, Duration deadline, Duration renewal, Duration retry) {
        public static final Times DEFAULT =
                new Times(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(2));
    }

    private record Seen(String holder, String resourceVersion, Instant since) {}

    private final Tasks tasks;
    private final Home home;
    private final String identity;
    private final Times times;
    private final Predicate<String> dead;
    private final Tasks.Monitor monitor;
    private Optional<Seen> seen = Optional.empty();
    private Instant goodUntil = Instant.EPOCH;

    /// @param identity `host/pid/startedAt`: unique to this process
    /// @param dead whether another identity is known to be a process of this host that no longer runs, so that its
    /// Lease need not expire
    public LeaseHold(Tasks tasks, Home home, String identity, Times times, Predicate<String> dead) {
        this.tasks = tasks;
        this.home = home;
        this.identity = identity;
        this.times = times;
        this.dead = dead;
        this.monitor = tasks.monitor();
    }

    /// Whether writes are allowed now.
    public boolean held() {
        var now = tasks.now();
        return monitor.hold(() -> now.isBefore(goodUntil));
    }

    /// Returns when this process holds the Lease.
    public void acquire() {
        while (!attempt()) tasks.sleepUntil(tasks.now().plus(times.retry()));
        LOG.atInfo()
                .addKeyValue("lease", NAME)
                .addKeyValue("identity", identity)
                .log("in charge");
    }

    /// Renews until that failed for too long; returns when the Lease is lost.
    public void keep() {
        while (held()) {
            boolean renewed = attempt();
            tasks.sleepUntil(tasks.now().plus(renewed ? times.renewal() : times.retry()));
        }
        LOG.atWarn()
                .addKeyValue("lease", NAME)
                .addKeyValue("identity", identity)
                .log("no longer in charge");
    }

    /// Lets go, so that the next holder need not wait. Best effort.
    public void release() {
        if (!held()) return;
        monitor.run(() -> goodUntil = Instant.EPOCH);
        try {
            home.find(Kinds.LEASES, NAME)
                    .filter(lease -> lease.text("spec", "holderIdentity")
                            .filter(identity::equals)
                            .isPresent())
                    .ifPresent(lease -> home.replace(Kinds.LEASES, lease.without(List.of("spec", "holderIdentity"))));
        } catch (FaultException unimportant) {
            LOG.atDebug().setCause(unimportant).log("the lease could not be released; it expires by itself");
        }
    }

    private boolean attempt() {
        // taken before the request: the time that the answer needed does not count in our favour
        var now = tasks.now();
        try {
            var lease = home.find(Kinds.LEASES, NAME);
            if (lease.isPresent() && !mayTake(lease.get(), now)) return false;
            var body = body(lease, now);
            var written = lease.isPresent() ? home.replace(Kinds.LEASES, body) : home.create(Kinds.LEASES, body);
            if (written.isPresent()) monitor.run(() -> goodUntil = now.plus(times.deadline()));
            return written.isPresent();
        } catch (FaultException failed) {
            LOG.atWarn()
                    .addKeyValue("lease", NAME)
                    .addKeyValue("fault", failed.fault().code())
                    .log(failed.getMessage());
            return false;
        }
    }

    private boolean mayTake(Mapping lease, Instant now) {
        var holder = lease.text("spec", "holderIdentity").orElse("");
        if (holder.isEmpty() || holder.equals(identity) || dead.test(holder)) return true;
        var version = lease.text("metadata", "resourceVersion").orElse("");
        var last = seen;
        if (last.isEmpty() || !last.get().resourceVersion().equals(version)) {
            seen = Optional.of(new Seen(holder, version, now));
            return false;
        }
        var patience = lease.whole("spec", "leaseDurationSeconds")
                .map(Duration::ofSeconds)
                .orElse(times.duration());
        return !now.isBefore(last.get().since().plus(patience));
    }

    private Mapping body(Optional<Mapping> lease, Instant now) {
        var spec = lease.map(known -> known.mapping("spec")).orElse(Mapping.EMPTY);
        boolean ours = spec.text("holderIdentity").filter(identity::equals).isPresent();
        if (!ours) {
            long transitions = spec.whole("leaseTransitions").orElse(-1L) + 1;
            spec = spec.with("acquireTime", Value.of(MICROS.format(now)))
                    .with("leaseTransitions", Value.of(transitions));
        }
        spec = spec.with("holderIdentity", Value.of(identity))
                .with("leaseDurationSeconds", Value.of(times.duration().toSeconds()))
                .with("renewTime", Value.of(MICROS.format(now)));
        return lease.orElseGet(this::fresh).with("spec", spec);
    }

    private Mapping fresh() {
        return Mapping.builder()
                .put("apiVersion", "coordination.k8s.io/v1")
                .put("kind", "Lease")
                .put(
                        "metadata",
                        Mapping.builder()
                                .put("name", NAME)
                                .put("namespace", home.namespace())
                                .build())
                .build();
    }
}
