package dev.holdfast.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The codes of all faults, as the sources say them: every text that a call hands to a parameter `String code`,
/// directly or through a constant.
final class FaultCodes {

    /// What a person meets. The sandbox's own answers are Kubernetes' words, and the rest is for developers.
    private static final List<String> MODULES = List.of(
            "cli", "cluster", "dialect", "engine", "fields", "model", "port", "render", "runtime", "server", "source",
            "yaml");

    private static final Pattern DECLARED = Pattern.compile(
            "\\b(\\w+)\\(((?:[^()]|\\([^()]*\\))*?\\bString code\\b(?:[^()]|\\([^()]*\\))*)\\)\\s*(?:throws \\w+\\s*)?\\{");
    private static final Pattern CONSTANT = Pattern.compile("\\bString ([A-Z][A-Z_]*) = \"([A-Z]\\w*)\";");
    private static final Pattern LITERAL = Pattern.compile("\"([A-Z][A-Za-z]+)\"");
    private static final Pattern NAME = Pattern.compile("(?:(\\w+)\\.)?([A-Z][A-Z_]+)\\b(?!\\.)");

    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, String> constants = new TreeMap<>();
    private final Map<String, Set<Integer>> declared = new TreeMap<>();

    private FaultCodes() {}

    static Set<String> in(Path root) {
        var codes = new FaultCodes();
        for (var module : MODULES) codes.read(root.resolve(module).resolve("src/main/java"));
        codes.sources.forEach(codes::declarations);
        var found = new TreeSet<String>();
        codes.sources.forEach((name, text) -> codes.calls(name, text, found));
        return found;
    }

    private void read(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                var name = file.getFileName().toString().replace(".java", "");
                // two classes of one name are read as one
                sources.merge(name, Files.readString(file), (first, second) -> first + "\n" + second);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void declarations(String name, String text) {
        CONSTANT.matcher(text).results().forEach(found -> {
            constants.put(name + "." + found.group(1), found.group(2));
        });
        DECLARED.matcher(text).results().forEach(found -> {
            var parameters = arguments(found.group(2) + ")", 0);
            for (int i = 0; i < parameters.size(); i++) {
                if (parameters.get(i).endsWith("String code")) {
                    declared.computeIfAbsent(name + "." + found.group(1), _ -> new TreeSet<>())
                            .add(i);
                }
            }
        });
    }

    private void calls(String name, String text, Set<String> into) {
        declared.forEach((method, positions) -> {
            int dot = method.indexOf('.');
            var owner = method.substring(0, dot);
            var word = method.substring(dot + 1);
            // Owner.word(…), owner.word(…), new Word(…), and word(…) in the same class
            var call = Pattern.compile("(?:\\b" + owner + "\\.|\\b" + owner.toLowerCase(java.util.Locale.ROOT)
                    + "\\.|\\bnew (?:\\w+\\.)?" + (owner.equals(name) ? "|(?<![.\\w])" : "") + ")" + word + "\\(");
            call.matcher(text).results().forEach(found -> {
                var given = arguments(text, found.end());
                for (int position : positions) {
                    if (position < given.size()) collect(name, given.get(position), into);
                }
            });
        });
    }

    private void collect(String name, String argument, Set<String> into) {
        LITERAL.matcher(argument).results().forEach(found -> into.add(found.group(1)));
        NAME.matcher(argument.replaceAll("\"[^\"]*\"", "")).results().forEach(found -> {
            var owner = found.group(1) == null ? name : found.group(1);
            var code = constants.get(owner + "." + found.group(2));
            if (code != null) into.add(code);
        });
    }

    /// The texts between commas, from behind an opening parenthesis to its closing one.
    private static List<String> arguments(String text, int from) {
        var found = new ArrayList<String>();
        int depth = 0;
        int start = from;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && text.charAt(i - 1) != '\\') quoted = !quoted;
            if (quoted) continue;
            if (c == '(' || c == '<' || c == '{') depth++;
            if (c == ')' || c == '>' && text.charAt(i - 1) != '-' || c == '}') depth--;
            boolean end = depth < 0;
            if (end || c == ',' && depth == 0) {
                found.add(text.substring(start, i).strip());
                start = i + 1;
            }
            if (end) return found;
        }
        return found;
    }
}
