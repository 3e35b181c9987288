package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The paths of printer columns: fields (`.spec.size`, `['a.b']`), indexes (`[0]`), and the one filter that is in
/// use, equality of a field (`[?(@.type=="Ready")]`).
final class JsonPath {

    private sealed interface Step {
        record Field(String name) implements Step {}

        record Index(int index) implements Step {}

        record Where(String field, String value) implements Step {}
    }

    private final List<Step> steps;

    private JsonPath(List<Step> steps) {
        this.steps = steps;
    }

    static JsonPath parse(String text) {
        var steps = new ArrayList<Step>();
        int at = text.startsWith("$") ? 1 : 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '.') {
                int end = at + 1;
                while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                    end += text.charAt(end) == '\\' ? 2 : 1;
                }
                end = Math.min(end, text.length());
                if (end > at + 1)
                    steps.add(new Step.Field(text.substring(at + 1, end).replace("\\", "")));
                at = end;
            } else if (c == '[') {
                int end = text.indexOf(']', at);
                if (end < 0) break;
                steps.add(bracket(text.substring(at + 1, end)));
                at = end + 1;
            } else {
                at++;
            }
        }
        return new JsonPath(steps);
    }

    private static Step bracket(String inside) {
        if (inside.matches("[0-9]{1,6}")) return new Step.Index(Integer.parseInt(inside));
        int equals = inside.indexOf("==");
        if (inside.startsWith("?(@.") && equals > 0) {
            var field = inside.substring(4, equals).strip();
            var value = inside.substring(equals + 2).replaceAll("[)'\" ]", "");
            return new Step.Where(field, value);
        }
        return new Step.Field(inside.replaceAll("['\"]", ""));
    }

    @Nullable
    Value find(Mapping object) {
        @Nullable Value value = object;
        for (var step : steps) {
            if (value == null) return null;
            value = next(value, step);
        }
        return value;
    }

    private static @Nullable Value next(Value value, Step step) {
        return switch (step) {
            case Step.Field(var name) -> value instanceof Mapping mapping ? mapping.get(name) : null;
            case Step.Index(var index) ->
                value instanceof Sequence list && index < list.size() ? list.get(index) : null;
            case Step.Where(var field, var wanted) -> {
                if (!(value instanceof Sequence list)) yield null;
                for (var item : list.mappings()) {
                    if (item.text(field).orElse("").equals(wanted)) yield item;
                }
                yield null;
            }
        };
    }
}
