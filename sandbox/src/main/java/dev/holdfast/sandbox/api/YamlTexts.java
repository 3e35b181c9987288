package dev.holdfast.sandbox.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.yaml.JsonWriter;

/// Answers in YAML.
final class YamlTexts {

    private YamlTexts() {}

    /// JSON is YAML.
    static byte[] write(Mapping body) {
        return JsonWriter.writeSorted(body);
    }
}
