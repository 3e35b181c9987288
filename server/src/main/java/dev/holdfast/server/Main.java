package dev.holdfast.server;

import dev.holdfast.model.FaultException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The mains that stay: the controllers, and the sandbox.
@Command(
        name = "holdfast",
        description = "Keeps Kubernetes clusters equal to what Git says.",
        subcommands = {UpCommand.class, SandboxCommand.class})
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        var line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, _, _) -> {
            if (!(failure instanceof FaultException known)) throw failure;
            var told = known.fault().explanation();
            System.err.println("error: " + told.message());
            if (!told.next().isEmpty()) System.err.println("  " + told.next());
            return 1;
        });
        System.exit(line.execute(arguments));
    }
}
