package dev.holdfast.render;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// A pattern of paths: `?` is one character and `*` any number of them, neither of them `/`; `**` is any number of
/// characters, `**/` any number of directories (also none); `{a,b}` is either. All positions that a path may have
/// reached are followed at once, so that no pattern is slow.
final class Glob {

    private static final int MOST_ALTERNATIVES = 256;
    private static final int MOST_BRACES = 64;
    private static final int LONGEST = 4_096;

    private enum Kind {
        ONE,
        LITERAL,
        SOME,
        ANY,
        DIRECTORIES
    }

    private record Step(Kind kind, char literal) {}

    private final List<List<Step>> alternatives;

    private Glob(List<List<Step>> alternatives) {
        this.alternatives = alternatives;
    }

    /// Empty where braces do not match, or stand for too many alternatives.
    static Optional<Glob> parse(String pattern) {
        if (pattern.isEmpty() || pattern.length() > LONGEST) return Optional.empty();
        if (pattern.chars().filter(c -> c == '{').count() > MOST_BRACES) return Optional.empty();
        var expanded = new ArrayList<String>();
        if (!expand(pattern, expanded)) return Optional.empty();
        return Optional.of(new Glob(expanded.stream().map(Glob::steps).toList()));
    }

    boolean matches(String path) {
        for (var steps : alternatives) {
            if (matches(steps, path)) return true;
        }
        return false;
    }

    /// Opens the first pair of braces, then those of what results.
    private static boolean expand(String pattern, List<String> into) {
        int open = pattern.indexOf('{');
        if (open < 0) {
            if (pattern.indexOf('}') >= 0 || into.size() == MOST_ALTERNATIVES) return false;
            return into.add(pattern);
        }
        int stray = pattern.indexOf('}');
        if (stray >= 0 && stray < open) return false;
        int depth = 0;
        int start = open + 1;
        var choices = new ArrayList<String>();
        for (int i = open; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '{') depth++;
            if (c == '}') depth--;
            if (depth == 0 || depth == 1 && c == ',') {
                choices.add(pattern.substring(start, i));
                start = i + 1;
            }
            if (depth == 0) return expand(pattern.substring(0, open), choices, pattern.substring(i + 1), into);
        }
        return false;
    }

    private static boolean expand(String before, List<String> choices, String after, List<String> into) {
        for (var choice : choices) {
            if (!expand(before + choice + after, into)) return false;
        }
        return true;
    }

    private static List<Step> steps(String pattern) {
        var steps = new ArrayList<Step>();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean deep = pattern.startsWith("**", i);
            boolean begins = i == 0 || pattern.charAt(i - 1) == '/';
            if (deep && begins && pattern.startsWith("/", i + 2)) {
                add(steps, new Step(Kind.DIRECTORIES, '/'));
                i += 2;
            } else if (deep) {
                add(steps, new Step(Kind.ANY, '*'));
                i++;
            } else if (c == '*') {
                add(steps, new Step(Kind.SOME, '*'));
            } else if (c == '?') {
                add(steps, new Step(Kind.ONE, '?'));
            } else {
                add(steps, new Step(Kind.LITERAL, c));
            }
        }
        return steps;
    }

    /// Stars side by side are one, so that few steps in a row stand for nothing.
    private static void add(List<Step> steps, Step step) {
        var last = steps.isEmpty() ? Kind.LITERAL : steps.getLast().kind();
        if (last == step.kind() && last != Kind.LITERAL && last != Kind.ONE) return;
        if (last == Kind.ANY && step.kind() == Kind.SOME) return;
        if (last == Kind.SOME && step.kind() == Kind.ANY) steps.removeLast();
        steps.add(step);
    }

    private static boolean matches(List<Step> steps, String path) {
        var reached = new BitSet(steps.size() + 1);
        reach(steps, reached, 0);
        for (int i = 0; i < path.length() && !reached.isEmpty(); i++) {
            var next = new BitSet(steps.size() + 1);
            for (int at = reached.nextSetBit(0); at >= 0; at = reached.nextSetBit(at + 1)) {
                if (at < steps.size()) step(steps, next, at, path.charAt(i));
            }
            reached = next;
        }
        return reached.get(steps.size());
    }

    private static void step(List<Step> steps, BitSet next, int at, char c) {
        var step = steps.get(at);
        switch (step.kind()) {
            case LITERAL -> {
                if (c == step.literal()) reach(steps, next, at + 1);
            }
            case ONE -> {
                if (c != '/') reach(steps, next, at + 1);
            }
            case SOME -> {
                if (c != '/') reach(steps, next, at);
            }
            case ANY -> reach(steps, next, at);
            case DIRECTORIES -> {
                next.set(at);
                // a directory ends here, so what follows may begin
                if (c == '/') reach(steps, next, at + 1);
            }
        }
    }

    /// Marks a position, and those behind steps that may stand for nothing. Inside a directory's name `DIRECTORIES`
    /// goes on without offering its end.
    private static void reach(List<Step> steps, BitSet reached, int from) {
        int at = from;
        reached.set(at);
        while (at < steps.size()
                && steps.get(at).kind() != Kind.LITERAL
                && steps.get(at).kind() != Kind.ONE) {
            reached.set(++at);
        }
    }
}
