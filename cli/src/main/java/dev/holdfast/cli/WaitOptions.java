package dev.holdfast.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/// Whether a command waits for its effect, and how long.
final class WaitOptions {

    @Option(names = "--no-wait", description = "do not wait for the effect")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "how long to wait (default 300)")
    private long seconds;

    boolean waits() {
        return !noWait;
    }

    Duration timeout() {
        return Duration.ofSeconds(seconds);
    }
}
