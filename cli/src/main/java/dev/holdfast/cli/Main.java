package dev.holdfast.cli;

import dev.holdfast.model.FaultException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command line's entry. `up` and `sandbox` are the server's: ./holdfast starts them with another main.
@Command(
        name = "holdfast",
        description = "Keeps Kubernetes clusters equal to what Git says.",
        subcommands = {
            GetCommand.class,
            WhyCommand.class,
            HistoryCommand.class,
            PlanCommand.class,
            DiffCommand.class,
            SyncCommand.class,
            ConfirmCommand.class,
            SuspendCommand.class,
            ResumeCommand.class,
            DeleteCommand.class,
            RenderCommand.class,
            BlameCommand.class,
            VersionCommand.class
        },
        footerHeading = "%n",
        footer = {
            "  up        run the controllers: holdfast up --help",
            "  sandbox   run a Kubernetes API on this machine: holdfast sandbox --help",
            "",
            "Start with: holdfast get apps -A"
        })
public final class Main implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this text")
    @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    public static void main(String[] arguments) {
        var terminal = Terminal.of(System.out, System.err, System.getenv());
        System.exit(run(terminal, System.getenv(), arguments));
    }

    /// Runs one command; returns its exit code.
    static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
        var session = new Session(terminal, environment);
        var line = new CommandLine(new Main(), session.factory())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new java.io.PrintWriter(terminal.out(), true))
                .setErr(new java.io.PrintWriter(terminal.err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colours() == Terminal.Colours.ANSI
                                ? CommandLine.Help.Ansi.ON
                                : CommandLine.Help.Ansi.OFF));
        line.setExecutionExceptionHandler((failure, command, _) -> {
            if (!(failure instanceof FaultException known)) throw failure;
            Problem.print(known.fault(), terminal);
            boolean diff = command.getCommandName().equals("diff");
            return diff ? Problem.DIFF_FAILED : Problem.exitCode(known.fault());
        });
        int code = line.execute(arguments);
        terminal.out().flush();
        return code;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
