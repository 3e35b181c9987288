package dev.holdfast.sandbox.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A protobuf message, field by field, as its wire format says (protobuf.dev, "Encoding").
final class WireWriter {

    private static final int VARINT = 0;
    private static final int FIXED = 1;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WireWriter whole(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
        return this;
    }

    WireWriter real(int field, double value) {
        varint((long) field << 3 | FIXED);
        long bits = Double.doubleToLongBits(value);
        for (int i = 0; i < Long.SIZE; i += Byte.SIZE) out.write((int) (bits >>> i));
        return this;
    }

    WireWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /// A message within this one, or plain bytes.
    WireWriter bytes(int field, byte[] value) {
        varint((long) field << 3 | BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    byte[] written() {
        return out.toByteArray();
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
