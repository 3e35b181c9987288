package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// A strategic merge patch and what it does. Its result is never written as JSON: the API server turns it into the
/// kind's type directly, and says in other words what does not fit, showing the patch instead of the result
/// (`applyPatchToObject` in `endpoints/handlers/patch.go`, `runtime/converter.go`).
public record StrategicPatch(Mapping patch, UnaryOperator<Mapping> function) implements UnaryOperator<Mapping> {

    private static final Pattern COMPLAINT =
            Pattern.compile("json: cannot unmarshal (\\w+).* into Go .* of type (\\S+)");

    @Override
    public Mapping apply(Mapping object) {
        return function.apply(object);
    }

    /// The patch as Go prints it: `map[metadata:map[labels:map[a:b]]]`.
    String shown() {
        return printed(patch);
    }

    private static String printed(Value value) {
        return switch (value) {
            case Mapping map -> {
                var sorted = new TreeMap<String, String>();
                for (var entry : map) sorted.put(entry.key(), printed(entry.value()));
                var parts = sorted.entrySet().stream().map(each -> each.getKey() + ":" + each.getValue());
                yield "map[" + String.join(" ", parts.toList()) + "]";
            }
            case dev.holdfast.model.Sequence list ->
                "["
                        + String.join(
                                " ",
                                list.items().stream()
                                        .map(StrategicPatch::printed)
                                        .toList()) + "]";
            case Value.Null _ -> "<nil>";
            default -> value.toString();
        };
    }

    /// What a JSON decoder complains of, in the words of that conversion. Types that read themselves (quantities,
    /// times) complain as ever.
    static String inItsWords(String complaint) {
        var found = COMPLAINT.matcher(complaint);
        if (!found.matches()) return complaint;
        var given = given(found.group(1));
        var wanted = found.group(2);
        if (wanted.startsWith("map[")) return "cannot restore map from " + given;
        if (wanted.startsWith("[]")) return "cannot restore slice from " + given;
        if (wanted.contains(".") && Character.isUpperCase(wanted.charAt(wanted.indexOf('.') + 1))) {
            return "cannot restore struct from: " + given;
        }
        return complaint;
    }

    private static String given(String json) {
        return switch (json) {
            case "number" -> "int64";
            case "array" -> "slice";
            case "object" -> "map";
            default -> json;
        };
    }
}
