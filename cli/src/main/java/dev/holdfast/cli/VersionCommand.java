package dev.holdfast.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `version`.
@Command(name = "version", description = "Show the version of this program.")
final class VersionCommand implements Callable<Integer> {

    private final Session session;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.terminal()
                .out()
                .println("holdfast 0.1.0 on Java " + Runtime.version().feature());
        return 0;
    }
}
