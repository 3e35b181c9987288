package dev.holdfast.cli;

import picocli.CommandLine.Option;

/// Whether a person is asked before something goes.
final class YesOption {

    @Option(
            names = {"-y", "--yes"},
            description = "do not ask")
    private boolean yes;

    /// Whether to go ahead; says so where not.
    boolean agreed(Terminal terminal, String question) {
        if (yes || Question.agreed(terminal, question)) return true;
        terminal.err().println("nothing was changed");
        return false;
    }
}
