package dev.holdfast.sandbox.rule;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// How a property is called in rules, where names must be identifiers: `a.b` is `a__dot__b`, `if` is `__if__`.
final class PropertyName {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern ESCAPED = Pattern.compile("__|[./-]");
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private PropertyName() {}

    /// Empty for properties that rules can't name at all.
    static Optional<String> escaped(String property) {
        if (RESERVED.contains(property)) return Optional.of("__" + property + "__");
        var escaped = ESCAPED.matcher(property).replaceAll(found -> switch (found.group()) {
            case "." -> "__dot__";
            case "-" -> "__dash__";
            case "/" -> "__slash__";
            default -> "__underscores__";
        });
        return IDENTIFIER.matcher(escaped).matches() ? Optional.of(escaped) : Optional.empty();
    }
}
