package dev.holdfast.sandbox.request;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which labels an object must have: requirements that all hold. Written as text in requests (`a=b,c in (d,e),!f`)
/// and as `matchLabels` and `matchExpressions` in objects.
public record LabelSelector(List<Requirement> requirements) {

    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        ABSENT,
        GREATER,
        LESS
    }

    public record Requirement(String key, Operator operator, Set<String> values) {
        boolean matches(@Nullable String label) {
            return switch (operator) {
                case IN -> label != null && values.contains(label);
                case NOT_IN -> label == null || !values.contains(label);
                case EXISTS -> label != null;
                case ABSENT -> label == null;
                case GREATER -> label != null && compare(label) > 0;
                case LESS -> label != null && compare(label) < 0;
            };
        }

        /// 0 where one of the two is no number: then neither greater nor less.
        private int compare(String label) {
            try {
                return Long.compare(
                        Long.parseLong(label), Long.parseLong(values.iterator().next()));
            } catch (NumberFormatException noNumber) {
                return 0;
            }
        }
    }

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    public static LabelSelector parse(String text) {
        return text.isBlank() ? EVERYTHING : new LabelSelector(new Parser(text).all());
    }

    /// The selector of an object (`spec.selector`). An empty one selects everything.
    public static LabelSelector of(Mapping selector) {
        var requirements = new ArrayList<Requirement>();
        for (var label : selector.mapping("matchLabels").texts().entrySet()) {
            requirements.add(new Requirement(label.getKey(), Operator.IN, Set.of(label.getValue())));
        }
        for (var expression : selector.sequence("matchExpressions").mappings()) {
            var values = new TreeSet<String>();
            for (var value : expression.sequence("values")) value.asText().ifPresent(values::add);
            var operator = switch (expression.text("operator").orElse("")) {
                case "In" -> Operator.IN;
                case "NotIn" -> Operator.NOT_IN;
                case "Exists" -> Operator.EXISTS;
                default -> Operator.ABSENT;
            };
            requirements.add(new Requirement(expression.text("key").orElse(""), operator, values));
        }
        return new LabelSelector(requirements);
    }

    /// A plain map of labels, as Services have it.
    public static LabelSelector ofLabels(Map<String, String> labels) {
        return new LabelSelector(labels.entrySet().stream()
                .map(label -> new Requirement(label.getKey(), Operator.IN, Set.of(label.getValue())))
                .toList());
    }

    public boolean matches(Mapping labels) {
        for (var requirement : requirements) {
            var label = labels.get(requirement.key());
            if (!requirement.matches(label instanceof Value.Text(var text, var _) ? text : null)) return false;
        }
        return true;
    }

    public boolean everything() {
        return requirements.isEmpty();
    }

    /// In the form of requests, sorted by key.
    @Override
    public String toString() {
        return String.join(
                ",",
                requirements.stream()
                        .sorted((left, right) -> left.key().compareTo(right.key()))
                        .map(LabelSelector::written)
                        .toList());
    }

    private static String written(Requirement requirement) {
        var values = String.join(",", new TreeSet<>(requirement.values()));
        return switch (requirement.operator()) {
            case IN ->
                requirement.values().size() == 1
                        ? requirement.key() + "=" + values
                        : requirement.key() + " in (" + values + ")";
            case NOT_IN ->
                requirement.values().size() == 1
                        ? requirement.key() + "!=" + values
                        : requirement.key() + " notin (" + values + ")";
            case EXISTS -> requirement.key();
            case ABSENT -> "!" + requirement.key();
            case GREATER -> requirement.key() + ">" + values;
            case LESS -> requirement.key() + "<" + values;
        };
    }

    private static final class Parser {
        private static final Pattern QUALIFIED = Pattern.compile(
                "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
        private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

        private final List<String> tokens = new ArrayList<>();
        private int at;

        Parser(String text) {
            int i = 0;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (Character.isWhitespace(c)) {
                    i++;
                } else if ("(),<>".indexOf(c) >= 0) {
                    tokens.add(String.valueOf(c));
                    i++;
                } else if (c == '!' || c == '=') {
                    int length = i + 1 < text.length() && text.charAt(i + 1) == '=' ? 2 : 1;
                    tokens.add(text.substring(i, i + length));
                    i += length;
                } else {
                    int start = i;
                    while (i < text.length()
                            && "(),<>!=".indexOf(text.charAt(i)) < 0
                            && !Character.isWhitespace(text.charAt(i))) i++;
                    tokens.add(text.substring(start, i));
                }
            }
        }

        List<Requirement> all() {
            var requirements = new ArrayList<Requirement>();
            while (true) {
                requirements.add(requirement());
                if (at == tokens.size()) return requirements;
                expect(",", "',' or 'end of string'");
            }
        }

        private Requirement requirement() {
            if (peek().equals("!")) {
                at++;
                return new Requirement(key(), Operator.ABSENT, Set.of());
            }
            var key = key();
            var operator = peek();
            if (operator.isEmpty() || operator.equals(",")) return new Requirement(key, Operator.EXISTS, Set.of());
            at++;
            return switch (operator) {
                case "=", "==" -> new Requirement(key, Operator.IN, Set.of(value()));
                case "!=" -> new Requirement(key, Operator.NOT_IN, Set.of(value()));
                case ">" -> new Requirement(key, Operator.GREATER, Set.of(number()));
                case "<" -> new Requirement(key, Operator.LESS, Set.of(number()));
                case "in" -> new Requirement(key, Operator.IN, values());
                case "notin" -> new Requirement(key, Operator.NOT_IN, values());
                default -> throw broken("found '" + operator + "', expected: in, notin, =, ==, !=, gt, lt");
            };
        }

        private String key() {
            var key = peek();
            if (key.isEmpty() || "(),<>!===".contains(key)) {
                throw broken("found '" + key + "', expected: !, identifier, or 'end of string'");
            }
            if (!QUALIFIED.matcher(key).matches()) {
                throw broken(
                        "<nil>: Invalid value: \"" + key + "\": name part must consist of alphanumeric characters, "
                                + "'-', '_' or '.', and must start and end with an alphanumeric character");
            }
            at++;
            return key;
        }

        /// May be absent: `a=` asks for an empty label.
        private String value() {
            var value = peek();
            if (value.isEmpty() || value.equals(",")) return "";
            if ("()<>!===".contains(value)) throw broken("found '" + value + "', expected: identifier");
            if (!LABEL.matcher(value).matches()) {
                throw broken("values[0][" + tokens.getFirst() + "]: Invalid value: \"" + value
                        + "\": a valid label must be an empty string or consist of alphanumeric characters");
            }
            at++;
            return value;
        }

        private String number() {
            var value = value();
            if (!value.matches("-?[0-9]{1,18}")) {
                throw broken("for 'Gt', 'Lt' operators, the value must be an integer");
            }
            return value;
        }

        private Set<String> values() {
            expect("(", "'('");
            var values = new TreeSet<String>();
            while (true) {
                values.add(peek().equals(")") ? "" : value());
                if (peek().equals(")")) {
                    at++;
                    return values;
                }
                expect(",", "',' or ')'");
            }
        }

        private void expect(String token, String words) {
            if (!peek().equals(token)) throw broken("found '" + peek() + "' expected: " + words);
            at++;
        }

        private String peek() {
            return at < tokens.size() ? tokens.get(at) : "";
        }

        private static Refusal broken(String why) {
            return Refusal.badRequest("unable to parse requirement: " + why);
        }
    }
}
