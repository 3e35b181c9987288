package dev.holdfast.testkit.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The shape of an answer. A mapping asks for the fields that it names and lets others be; `{=: {...}}` lets no
/// others be. A list asks for as many items, one by one; `{has: [...]}` for some among others, `{lacks: [...]}` for
/// none, `{size: n}` for their number. `(any)` is anything that is there, `(absent)` nothing, `/.../` a text that
/// the pattern matches whole.
final class Shape {

    private static final String ANY = "(any)";
    private static final String ABSENT = "(absent)";

    private final List<String> differences = new ArrayList<>();

    private Shape() {}

    static List<String> differences(Value expected, @Nullable Value actual) {
        var shape = new Shape();
        shape.compare("", expected, actual);
        return shape.differences;
    }

    private static boolean fits(Value expected, Value actual) {
        return differences(expected, actual).isEmpty();
    }

    private void compare(String at, Value expected, @Nullable Value actual) {
        if (expected instanceof Value.Text(var text, var _)) {
            compareText(at, text, actual);
            return;
        }
        if (actual == null) {
            say(at, "is absent, expected " + cut(expected));
            return;
        }
        switch (expected) {
            case Mapping mapping
            when actual instanceof Sequence list && !mapping.isEmpty() -> members(at, mapping, list);
            case Mapping mapping when actual instanceof Mapping other -> fields(at, mapping, other);
            case Sequence list when actual instanceof Sequence other -> items(at, list, other);
            default -> {
                if (!expected.equals(actual)) say(at, "is " + cut(actual) + ", expected " + cut(expected));
            }
        }
    }

    private void compareText(String at, String expected, @Nullable Value actual) {
        if (expected.equals(ABSENT)) {
            if (actual != null) say(at, "is " + cut(actual) + ", expected to be absent");
            return;
        }
        if (actual == null) {
            say(at, "is absent, expected " + expected);
            return;
        }
        if (expected.equals(ANY)) return;
        boolean pattern = expected.length() > 2 && expected.startsWith("/") && expected.endsWith("/");
        boolean fits = pattern
                ? Pattern.compile(expected.substring(1, expected.length() - 1), Pattern.DOTALL)
                        .matcher(actual.toString())
                        .matches()
                : Value.of(expected).equals(actual);
        if (!fits) say(at, "is '" + cut(actual) + "', expected '" + expected + "'");
    }

    private void fields(String at, Mapping expected, Mapping actual) {
        if (expected.get("=") instanceof Mapping exact) {
            fields(at, exact, actual);
            for (var key : actual.keys()) {
                if (!exact.has(key)) say(at + "." + key, "is " + cut(actual.get(key)) + ", expected nothing");
            }
            return;
        }
        for (var field : expected) compare(at + "." + field.key(), field.value(), actual.get(field.key()));
    }

    private void items(String at, Sequence expected, Sequence actual) {
        if (expected.size() != actual.size()) {
            say(at, "has " + actual.size() + " items, expected " + expected.size() + ": " + cut(actual));
            return;
        }
        for (int i = 0; i < expected.size(); i++) compare(at + "[" + i + "]", expected.get(i), actual.get(i));
    }

    private void members(String at, Mapping expected, Sequence actual) {
        for (var wanted : expected.sequence("has")) {
            if (actual.items().stream().noneMatch(item -> fits(wanted, item))) {
                say(at, "has no " + cut(wanted) + ": " + cut(actual));
            }
        }
        for (var unwanted : expected.sequence("lacks")) {
            if (actual.items().stream().anyMatch(item -> fits(unwanted, item))) {
                say(at, "has " + cut(unwanted) + ", expected not to");
            }
        }
        expected.whole("size")
                .filter(size -> size != actual.size())
                .ifPresent(size -> say(at, "has " + actual.size() + " items, expected " + size));
    }

    private void say(String at, String what) {
        differences.add((at.isEmpty() ? "the answer" : at.substring(1)) + " " + what);
    }

    private static String cut(@Nullable Value value) {
        var text = String.valueOf(value);
        return text.length() > 240 ? text.substring(0, 240) + "…" : text;
    }
}
