package dev.holdfast.runtime;

import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.home.LeaseHold;
import dev.holdfast.runtime.loop.Ports;
import dev.holdfast.runtime.loop.Settings;
import dev.holdfast.runtime.loop.Term;
import java.util.Optional;

/// The controllers of one cluster: waits to be in charge, works as long as it is, and begins anew when it was lost.
public final class Controller {

    private final Ports ports;
    private final Settings settings;
    private final LeaseHold lease;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private Optional<Term> term = Optional.empty();
    private boolean ready;

    public Controller(Ports ports, Settings settings, LeaseHold lease) {
        this.ports = ports;
        this.settings = settings;
        this.lease = lease;
        this.monitor = ports.tasks().monitor();
    }

    /// Runs until the running task is cancelled; then the lease is let go.
    public void run() {
        try {
            while (true) {
                lease.acquire();
                serve();
            }
        } finally {
            lease.release();
        }
    }

    /// Whether the first lists are complete and work has begun.
    public boolean ready() {
        return monitor.hold(() -> ready);
    }

    /// Ends work in an orderly way: what is being written is finished within the settings' patience, and the lease
    /// is let go. Called from another task, which then cancels the one that runs.
    public void stop() {
        monitor.hold(() -> term).ifPresent(Term::stop);
        lease.release();
    }

    private void serve() {
        var current = new Term(ports, settings, lease::held);
        // the lease is kept beside the start, which may take longer than the lease lasts
        var starting = ports.tasks().spawn("start", () -> {
            current.start();
            monitor.run(() -> ready = true);
        });
        monitor.run(() -> term = Optional.of(current));
        try {
            lease.keep();
        } finally {
            monitor.run(() -> {
                ready = false;
                term = Optional.empty();
            });
            starting.cancel();
            stop(current);
        }
    }

    /// A cancelled task can't wait for what is being written: then it is cut off, which a restart repairs.
    private void stop(Term ending) {
        try {
            ending.stop();
        } catch (Tasks.Cancelled cancelled) {
            ending.abandon();
            throw cancelled;
        }
    }
}
