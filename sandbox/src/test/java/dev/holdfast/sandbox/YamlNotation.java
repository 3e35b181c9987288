package dev.holdfast.sandbox;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.api.Notation;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;

/// Reads the contract's cases.
final class YamlNotation implements Notation {

    @Override
    public Mapping yaml(String path, byte[] text) {
        return YamlReader.go2().object(path, text, Limits.FILE);
    }

    @Override
    public Value readJson(byte[] json) {
        return JsonReader.read(json);
    }

    @Override
    public byte[] writeJson(Value value) {
        return JsonWriter.write(value);
    }
}
