package dev.holdfast.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A fenced block of a page. `line` is that of its fence; `notRun` the reason that a comment above it gives.
record Block(String page, int line, String language, List<String> lines, Optional<String> notRun) {

    private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: (.+) -->");
    private static final String FENCE = "```";

    static List<Block> of(Path root, Path file) {
        var page = root.relativize(file).toString();
        var lines = lines(file);
        var blocks = new ArrayList<Block>();
        String above = "";
        for (int i = 0; i < lines.size(); i++) {
            var text = lines.get(i).strip();
            if (!text.startsWith(FENCE)) {
                if (!text.isEmpty()) above = text;
                continue;
            }
            int indent = lines.get(i).indexOf(FENCE);
            int end = i + 1;
            while (end < lines.size() && !lines.get(end).strip().equals(FENCE)) end++;
            if (end == lines.size()) throw new AssertionError(page + ":" + (i + 1) + ": the block does not end");
            var inside = lines.subList(i + 1, end).stream()
                    .map(line -> line.substring(
                            Math.min(indent, line.length() - line.stripLeading().length())))
                    .toList();
            var reason = NOT_RUN.matcher(above);
            blocks.add(new Block(
                    page,
                    i + 1,
                    text.substring(FENCE.length()).strip(),
                    inside,
                    reason.matches() ? Optional.of(reason.group(1)) : Optional.empty()));
            above = "";
            i = end;
        }
        return List.copyOf(blocks);
    }

    /// README and everything below docs.
    static List<Path> pages(Path root) {
        try (var below = Files.walk(root.resolve("docs"))) {
            var pages = new ArrayList<Path>();
            pages.add(root.resolve("README.md"));
            below.filter(path -> path.toString().endsWith(".md")).sorted().forEach(pages::add);
            return List.copyOf(pages);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean yaml() {
        return language.equals("yaml");
    }

    boolean typed() {
        return language.equals("sh") || language.equals("console");
    }

    String place() {
        return page + ":" + line;
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /// A first line `# name.yaml` tells the reader to save the block under that name.
    Optional<String> fileName() {
        var first = lines.isEmpty() ? "" : lines.getFirst();
        return first.matches("# [a-z0-9-]+\\.yaml") ? Optional.of(first.substring(2)) : Optional.empty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
