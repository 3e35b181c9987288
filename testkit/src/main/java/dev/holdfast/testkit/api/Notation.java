package dev.holdfast.testkit.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;

/// How texts become values and back. The caller brings it: this module reads neither YAML nor JSON itself.
public interface Notation {

    /// One YAML document.
    Mapping yaml(String path, byte[] text);

    /// @throws RuntimeException where it is no JSON
    Value readJson(byte[] json);

    byte[] writeJson(Value value);
}
