package dev.holdfast.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What is typed at once: a line with its continuations and here-documents, the exit code that is expected, and (in
/// a `console` block) what is shown, where `…` stands for anything.
record Command(String place, String text, int exitCode, List<String> shown) {

    private static final Pattern EXITS = Pattern.compile("#.*\\bexits (\\d+)\\s*$");
    private static final Pattern HERE = Pattern.compile("<<-?\\s*['\"]?(\\w+)['\"]?");
    private static final Pattern TOOL = Pattern.compile("(?:^|[|&;(]\\s*)(kubectl|git)\\s", Pattern.MULTILINE);

    static List<Command> of(Block block) {
        boolean console = block.language().equals("console");
        var commands = new ArrayList<Command>();
        var lines = block.lines();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (console && !line.startsWith("$ ")) {
                if (commands.isEmpty()) throw new AssertionError(block.place() + ": begins with output");
                commands.getLast().shown().add(line);
                continue;
            }
            if (line.isBlank() || line.startsWith("#")) continue;
            var text = new StringBuilder(console ? line.substring(2) : line);
            var here = HERE.matcher(text);
            if (here.find()) {
                var end = here.group(1);
                do text.append('\n').append(lines.get(++i));
                while (!lines.get(i).strip().equals(end));
            }
            while (text.charAt(text.length() - 1) == '\\') text.append('\n').append(lines.get(++i));
            var exits = EXITS.matcher(text);
            commands.add(new Command(
                    block.page() + ":" + (block.line() + 1 + i),
                    text.toString(),
                    exits.find() ? Integer.parseInt(exits.group(1)) : 0,
                    new ArrayList<>()));
        }
        return commands;
    }

    /// The programs of this machine that it needs.
    List<String> tools() {
        return TOOL.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /// What later commands need to find: where they are, and variables.
    boolean setsTheScene() {
        return text.startsWith("cd ") || text.startsWith("export ");
    }

    boolean forDevelopers() {
        return text.startsWith("./dev ");
    }

    /// A program that runs until it is ended.
    boolean stays() {
        return text.matches("(?s)(\\./)?holdfast (up|sandbox)\\b(?!.*--help).*");
    }

    /// The first line that should have been shown and was not.
    java.util.Optional<String> missingFrom(String output) {
        var rest = output;
        for (var line : shown) {
            if (line.isBlank() || line.strip().equals("…")) continue;
            var found = pattern(line).matcher(rest);
            if (!found.find()) return java.util.Optional.of(line);
            rest = rest.substring(found.end());
        }
        return java.util.Optional.empty();
    }

    private static Pattern pattern(String line) {
        var regex = new StringBuilder("(?m)^\\s*");
        for (var word : line.strip().split("\\s+")) {
            if (regex.length() > 8) regex.append("\\s+");
            var parts = word.split("…", -1);
            for (int i = 0; i < parts.length; i++) {
                if (i > 0) regex.append(".*");
                if (!parts[i].isEmpty()) regex.append(Pattern.quote(parts[i]));
            }
        }
        return Pattern.compile(regex.append("\\s*$").toString());
    }
}
