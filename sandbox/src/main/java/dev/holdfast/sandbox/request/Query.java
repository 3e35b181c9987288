package dev.holdfast.sandbox.request;

import dev.holdfast.sandbox.answer.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The parameters of a request.
public record Query(Map<String, List<String>> parameters) {

    public static Query parse(String text) {
        var found = new LinkedHashMap<String, List<String>>();
        if (!text.isEmpty()) {
            for (var pair : text.split("&")) {
                int equals = pair.indexOf('=');
                var name = decode(equals < 0 ? pair : pair.substring(0, equals));
                var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                found.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return new Query(found);
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw Refusal.badRequest("the request's address is not percent-encoded properly");
        }
    }

    private static final String BEHIND = "sandboxBehind";

    Query behind() {
        var more = new LinkedHashMap<>(parameters);
        more.put(BEHIND, List.of("true"));
        return new Query(more);
    }

    /// Whether it is to be answered from a memory that lags behind.
    public boolean isBehind() {
        return flag(BEHIND);
    }

    /// The first value of a parameter; empty text where it is absent.
    public String get(String name) {
        var values = parameters.get(name);
        return values == null ? "" : values.getFirst();
    }

    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /// As Go reads it: `true`, `1`, `t`; a bare `watch` counts as true.
    public boolean flag(String name) {
        if (!has(name)) return false;
        return switch (get(name)) {
            case "", "1", "t", "T", "true", "True", "TRUE" -> true;
            default -> false;
        };
    }

    public OptionalLong number(String name) {
        var text = get(name);
        if (text.isEmpty()) return OptionalLong.empty();
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException broken) {
            throw Refusal.badRequest("strconv.ParseInt: parsing " + Quoted.text(text) + ": invalid syntax");
        }
    }
}
