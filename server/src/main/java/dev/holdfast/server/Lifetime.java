package dev.holdfast.server;

import dev.holdfast.port.Tasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// From start to the signal that ends it: what was opened is closed in reverse order.
final class Lifetime {

    private final Tasks.Monitor monitor;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private boolean ending;

    Lifetime(Tasks tasks) {
        this.monitor = tasks.monitor();
        Runtime.getRuntime().addShutdownHook(new EndOnSignal(this));
    }

    <T extends AutoCloseable> T open(T resource) {
        opened.add(resource);
        return resource;
    }

    /// Returns once the process was told to end, or when nothing is left to wait for.
    void await(BooleanSupplier finished) {
        monitor.await(() -> ending || finished.getAsBoolean(), Instant.MAX);
    }

    void end() {
        monitor.run(() -> ending = true);
        for (var resource : opened.reversed()) {
            try {
                resource.close();
            } catch (Exception failed) {
                System.err.println("while ending: " + failed.getMessage());
            }
        }
    }

    /// The virtual machine wants a thread for this, and nothing else.
    private static final class EndOnSignal extends Thread {
        private final Lifetime lifetime;

        private EndOnSignal(Lifetime lifetime) {
            super("end");
            this.lifetime = lifetime;
        }

        @Override
        public void run() {
            lifetime.end();
        }
    }
}
