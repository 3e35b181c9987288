package dev.holdfast.sandbox.kind;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What names, labels and keys may look like. Each rule answers with what is wrong, nothing when all is well. The
/// patterns are quick for any text: none of them can backtrack far.
public final class Names {

    private static final String LABEL_FORMAT = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN_FORMAT = LABEL_FORMAT + "(\\." + LABEL_FORMAT + ")*";
    private static final String OLD_LABEL_FORMAT = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String QUALIFIED_FORMAT = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String CONFIG_KEY_FORMAT = "[-._a-zA-Z0-9]+";

    private static final Pattern LABEL = Pattern.compile(LABEL_FORMAT);
    private static final String UNDERSCORED_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final Pattern UNDERSCORED = Pattern.compile(UNDERSCORED_LABEL);
    private static final Pattern OLD_LABEL = Pattern.compile(OLD_LABEL_FORMAT);
    private static final Pattern QUALIFIED = Pattern.compile(QUALIFIED_FORMAT);
    private static final Pattern CONFIG_KEY = Pattern.compile(CONFIG_KEY_FORMAT);
    private static final Pattern PORT_NAME = Pattern.compile("[-a-z0-9]+");

    private static final String LABEL_RULE = explained(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and"
                    + " end with an alphanumeric character",
            LABEL_FORMAT,
            "my-name",
            "123-abc");
    private static final String SUBDOMAIN_RULE = explained(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                    + " start and end with an alphanumeric character",
            SUBDOMAIN_FORMAT,
            "example.com");
    private static final String UNDERSCORED_RULE = explained(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must"
                    + " start and end with an alphanumeric character",
            UNDERSCORED_LABEL + "(\\." + UNDERSCORED_LABEL + ")*",
            "example.com");
    private static final String OLD_LABEL_RULE = explained(
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character",
            OLD_LABEL_FORMAT,
            "my-name",
            "abc-123");
    private static final String QUALIFIED_RULE = explained(
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                    + " character",
            QUALIFIED_FORMAT,
            "MyName",
            "my.name",
            "123-abc");
    private static final String LABEL_VALUE_RULE = explained(
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must"
                    + " start and end with an alphanumeric character",
            "(" + QUALIFIED_FORMAT + ")?",
            "MyValue",
            "my_value",
            "12345");

    /// Beyond this no pattern is asked: it is too long anyway.
    private static final int LONGEST = 1_024;

    private static final int MAX_LABEL = 63;
    private static final int MAX_SUBDOMAIN = 253;

    private Names() {}

    static List<String> of(KindFacts.Names rule, String name) {
        return switch (rule) {
            case SUBDOMAIN -> subdomain(name);
            case LABEL -> label(name);
            case SERVICE -> oldLabel(name);
            case PATH, ADDRESS, ANY -> pathSegment(name);
        };
    }

    /// The beginning of generated names may end with a dash.
    static List<String> ofPrefix(KindFacts.Names rule, String prefix) {
        boolean dashed = prefix.length() > 1 && prefix.endsWith("-") && rule != KindFacts.Names.PATH;
        return of(rule, dashed ? prefix.substring(0, prefix.length() - 2) + "a" : prefix);
    }

    public static List<String> label(String value) {
        var wrong = tooLong(value, MAX_LABEL);
        if (!matches(LABEL, value)) wrong.add(isSubdomain(value) ? "must not contain dots" : LABEL_RULE);
        return wrong;
    }

    public static List<String> subdomain(String value) {
        var wrong = tooLong(value, MAX_SUBDOMAIN);
        if (!isSubdomain(value)) wrong.add(SUBDOMAIN_RULE);
        return wrong;
    }

    /// As resolvers take it: also with underscores.
    static List<String> underscoredSubdomain(String value) {
        var wrong = tooLong(value, MAX_SUBDOMAIN);
        for (var part : value.length() > LONGEST ? new String[0] : value.split("\\.", -1)) {
            if (UNDERSCORED.matcher(part).matches()) continue;
            wrong.add(UNDERSCORED_RULE);
            break;
        }
        return wrong;
    }

    /// Part by part: the whole pattern at once would be slow for hostile texts.
    private static boolean isSubdomain(String value) {
        if (value.length() > LONGEST) return false;
        for (var part : value.split("\\.", -1)) {
            if (!LABEL.matcher(part).matches()) return false;
        }
        return true;
    }

    public static List<String> oldLabel(String value) {
        var wrong = tooLong(value, MAX_LABEL);
        if (!matches(OLD_LABEL, value)) wrong.add(OLD_LABEL_RULE);
        return wrong;
    }

    static List<String> pathSegment(String value) {
        if (value.equals(".") || value.equals("..")) return List.of("may not be '" + value + "'");
        var wrong = new ArrayList<String>();
        for (var unfit : List.of("/", "%")) {
            if (value.contains(unfit)) wrong.add("may not contain '" + unfit + "'");
        }
        return wrong;
    }

    /// The key of a label: a name, with a domain before it or without.
    public static List<String> qualified(String value) {
        var parts = value.split("/", -1);
        if (parts.length > 2) {
            return List.of("a valid label key " + QUALIFIED_RULE
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        var wrong = new ArrayList<String>();
        if (parts.length == 2 && parts[0].isEmpty()) wrong.add("prefix part must be non-empty");
        else if (parts.length == 2) subdomain(parts[0]).forEach(each -> wrong.add("prefix part " + each));
        var name = parts[parts.length - 1];
        if (name.isEmpty()) wrong.add("name part must be non-empty");
        else if (bytes(name) > MAX_LABEL) wrong.add("name part must be no more than 63 bytes");
        if (!matches(QUALIFIED, name)) wrong.add("name part " + QUALIFIED_RULE);
        return wrong;
    }

    static List<String> qualifiedIgnoringCase(String value) {
        return qualified(value.toLowerCase(Locale.ROOT));
    }

    public static List<String> labelValue(String value) {
        var wrong = tooLong(value, MAX_LABEL);
        if (!value.isEmpty() && !matches(QUALIFIED, value)) wrong.add(LABEL_VALUE_RULE);
        return wrong;
    }

    /// The key of a ConfigMap or Secret: also a file name.
    static List<String> configKey(String value) {
        var wrong = tooLong(value, MAX_SUBDOMAIN);
        if (!matches(CONFIG_KEY, value)) {
            wrong.add("a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name', "
                    + " or 'KEY_NAME',  or 'key-name', regex used for validation is '" + CONFIG_KEY_FORMAT + "')");
        }
        if (value.equals(".")) wrong.add("must not be '.'");
        else if (value.equals("..")) wrong.add("must not be '..'");
        else if (value.startsWith("..")) wrong.add("must not start with '..'");
        return wrong;
    }

    static List<String> portName(String value) {
        var wrong = tooLong(value, 15);
        if (!matches(PORT_NAME, value)) {
            wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (value.chars().noneMatch(letter -> letter >= 'a' && letter <= 'z')) {
            wrong.add("must contain at least one letter (a-z)");
        }
        if (value.contains("--")) wrong.add("must not contain consecutive hyphens");
        if (value.startsWith("-") || value.endsWith("-")) wrong.add("must not begin or end with a hyphen");
        return wrong;
    }

    private static boolean matches(Pattern pattern, String value) {
        return value.length() <= LONGEST && pattern.matcher(value).matches();
    }

    private static List<String> tooLong(String value, int most) {
        var wrong = new ArrayList<String>();
        if (bytes(value) > most) wrong.add("must be no more than " + most + " bytes");
        return wrong;
    }

    private static int bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String explained(String rule, String format, String... examples) {
        var text = new StringBuilder(rule).append(" (e.g. ");
        for (int i = 0; i < examples.length; i++) {
            text.append(i > 0 ? " or '" : "'").append(examples[i]).append("', ");
        }
        return text.append("regex used for validation is '")
                .append(format)
                .append("')")
                .toString();
    }
}
