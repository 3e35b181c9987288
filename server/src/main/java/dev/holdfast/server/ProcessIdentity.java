package dev.holdfast.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/// Who holds a Lease: `host/pid/startedAt`. On one machine it can be told whether such a process still runs, so
/// that a restart after a crash need not wait for the Lease to end.
final class ProcessIdentity {

    private ProcessIdentity() {}

    static String own() {
        var process = ProcessHandle.current();
        return host() + "/" + process.pid() + "/" + started(process);
    }

    /// True only where it is certain: the same host, and no process of that number that was started then.
    static boolean isDead(String identity) {
        var parts = identity.split("/", -1);
        if (parts.length != 3 || !parts[0].equals(host()) || !parts[1].matches("\\d{1,18}")) return false;
        return ProcessHandle.of(Long.parseLong(parts[1]))
                .filter(process -> started(process).equals(parts[2]))
                .isEmpty();
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
