package dev.holdfast.sandbox.store;

import dev.holdfast.model.Mapping;

/// Objects to their JSON text and back.
public interface Codec {

    byte[] write(Mapping object);

    Mapping read(byte[] json);
}
