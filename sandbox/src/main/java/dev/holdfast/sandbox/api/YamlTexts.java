package dev.holdfast.sandbox.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.yaml.YamlWriter;

/// Answers in YAML.
final class YamlTexts {

    private YamlTexts() {}

    static byte[] write(Mapping body) {
        return YamlWriter.write(body);
    }
}
