package dev.holdfast.sandbox.patch;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Short ways to write values and rules in tests.
final class Patches {

    private Patches() {}

    /// JSON with single quotes for double ones.
    static Value json(String text) {
        return JsonReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static Mapping object(String text) {
        return (Mapping) json(text);
    }

    /// Rules that are the same at every depth: which lists are merged, by which key.
    static PatchRules merging(Map<String, String> keys) {
        return new PatchRules() {
            @Override
            public FieldRule field(String name) {
                var key = keys.get(name);
                return new FieldRule(key == null ? Strategy.UNSAID : Strategy.MERGE, key == null ? "" : key, this);
            }
        };
    }
}
