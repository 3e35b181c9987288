package dev.holdfast.cli;

/// Asks a person. Where nobody sits there, nothing is agreed to.
final class Question {

    private Question() {}

    static boolean agreed(Terminal terminal, String question) {
        var console = System.console();
        if (terminal.presence() == Terminal.Presence.PIPE || console == null) {
            throw Problem.of("NotConfirmed", "nobody is here to be asked", "Say --yes to go ahead");
        }
        terminal.err().print(question + " [y/N] ");
        terminal.err().flush();
        var answer = console.readLine();
        return answer != null
                && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }
}
