package dev.holdfast.cli;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;

/// Exit codes, and errors of the command line: one line that says what failed and one that says what to do next.
final class Problem {

    static final int DIFFERENCES = 1;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int DIFF_FAILED = 2;
    static final int NOT_ALLOWED = 3;
    static final int NOT_FOUND = 4;
    static final int TIMED_OUT = 5;
    static final int UNHEALTHY = 6;

    private Problem() {}

    static FaultException of(String code, String message, String next) {
        return new FaultException(Fault.terminal(code, message, next));
    }

    static int exitCode(Fault fault) {
        return switch (fault.code()) {
            case "Forbidden", "Unauthorized" -> NOT_ALLOWED;
            case "AppNotFound" -> NOT_FOUND;
            case "TimedOut" -> TIMED_OUT;
            case "Usage" -> USAGE;
            default -> FAILED;
        };
    }

    static void print(Fault fault, Terminal terminal) {
        var told = fault.explanation();
        var place = told.place().known() ? told.place().place() + ": " : "";
        terminal.err().println(terminal.paint(Terminal.Paint.RED, "error: ") + Terminal.clean(place + told.message()));
        if (!told.next().isEmpty()) terminal.err().println("  " + Terminal.clean(told.next()));
    }
}
