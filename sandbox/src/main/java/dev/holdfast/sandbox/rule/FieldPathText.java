package dev.holdfast.sandbox.rule;

import dev.holdfast.model.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The `fieldPath` of a rule: `.spec.ports`, `.data['a.b']`.
final class FieldPathText {

    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]']+)|\\['((?:[^'\\\\]|\\\\.)*)'\\]");

    private FieldPathText() {}

    private record Step(String name) {}

    private static Optional<List<Step>> steps(String text) {
        var steps = new ArrayList<Step>();
        var matcher = STEP.matcher(text);
        int at = 0;
        while (matcher.lookingAt()) {
            var quoted = matcher.group(2);
            steps.add(new Step(quoted == null ? matcher.group(1) : quoted.replaceAll("\\\\(.)", "$1")));
            at = matcher.end();
            matcher.region(at, text.length());
        }
        return at == text.length() ? Optional.of(steps) : Optional.empty();
    }

    /// Whether the schema has such a field.
    static boolean fits(Mapping schema, String text) {
        var steps = steps(text);
        if (steps.isEmpty()) return false;
        var at = schema;
        for (var step : steps.get()) {
            if (at.mapping("properties").get(step.name()) instanceof Mapping inner) at = inner;
            else if (at.mapping("properties").isEmpty() && at.get("additionalProperties") instanceof Mapping inner) {
                at = inner;
            } else return false;
        }
        return true;
    }

    /// The path as errors write it, under the place of the rule.
    static String under(String place, String text) {
        var path = new StringBuilder(place);
        for (var step : steps(text).orElse(List.of())) {
            if (!path.isEmpty()) path.append('.');
            path.append(step.name());
        }
        return path.toString();
    }
}
