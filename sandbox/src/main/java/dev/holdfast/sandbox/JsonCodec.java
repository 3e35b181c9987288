package dev.holdfast.sandbox;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.store.Codec;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;

/// Stored objects are JSON.
final class JsonCodec implements Codec {

    @Override
    public byte[] write(Mapping object) {
        return JsonWriter.write(object);
    }

    @Override
    public Mapping read(byte[] json) {
        return JsonReader.readObject(json);
    }
}
