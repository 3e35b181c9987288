package dev.holdfast.sandbox.kind;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/// A regular expression from someone's definition, in the language of Go (RE2), whose time is linear in the text:
/// no pattern can hang the server.
final class SafePattern {

    private static final int LONGEST = 10_000;

    private SafePattern() {}

    static boolean readable(String pattern) {
        return compiled(pattern).isPresent();
    }

    /// Whether the pattern occurs in the text; empty where it is no pattern.
    static Optional<Boolean> occurs(String pattern, String text) {
        return compiled(pattern).map(compiled -> compiled.matcher(text).find());
    }

    private static Optional<Pattern> compiled(String pattern) {
        if (pattern.length() > LONGEST) return Optional.empty();
        try {
            return Optional.of(Pattern.compile(pattern));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }
}
