package dev.holdfast.sandbox.kind;

import dev.holdfast.sandbox.kind.WireForm.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The fields of a protobuf message, one after the other, whatever they mean.
final class WireReader {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;

    private WireReader(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    static WireReader of(byte[] bytes) {
        return new WireReader(bytes, 0, bytes.length);
    }

    /// One field: its number, and a number or bytes.
    record Item(int number, long whole, WireReader part) {

        boolean isBytes() {
            return part.bytes.length > 0;
        }

        WireReader message() {
            if (!isBytes()) throw new Malformed("field " + number + " is no message");
            return new WireReader(part.bytes, part.at, part.end);
        }

        byte[] bytes() {
            return Arrays.copyOfRange(part.bytes, part.at, part.end);
        }

        String text() {
            return new String(part.bytes, part.at, part.end - part.at, StandardCharsets.UTF_8);
        }

        double real() {
            return Double.longBitsToDouble(whole);
        }

        /// Whether the bytes can't be a message of fields but are a word.
        boolean looksLikeText() {
            if (part.end == part.at) return false;
            for (int i = part.at; i < part.end; i++) {
                if (part.bytes[i] < 0x20) return false;
            }
            return true;
        }
    }

    private static final WireReader NONE = new WireReader(new byte[0], 0, 0);

    boolean more() {
        return at < end;
    }

    Item next() {
        long tag = number();
        int number = (int) (tag >>> 3);
        return switch ((int) (tag & 7)) {
            case VARINT -> new Item(number, number(), NONE);
            case FIXED64 -> new Item(number, fixed(8), NONE);
            case BYTES -> new Item(number, 0, part());
            case FIXED32 -> new Item(number, fixed(4), NONE);
            default -> throw new Malformed("a field of no known form");
        };
    }

    List<Long> numbers() {
        var numbers = new ArrayList<Long>();
        while (more()) numbers.add(number());
        return numbers;
    }

    private WireReader part() {
        long length = number();
        if (length < 0 || length > end - at) throw new Malformed("a field is longer than the message");
        var part = new WireReader(bytes, at, at + (int) length);
        at += (int) length;
        return part;
    }

    private long fixed(int size) {
        if (size > end - at) throw new Malformed("the message ends too early");
        long number = 0;
        for (int i = size - 1; i >= 0; i--) number = number << 8 | bytes[at + i] & 0xff;
        at += size;
        return number;
    }

    private long number() {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) throw new Malformed("the message ends too early");
            byte next = bytes[at++];
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) return number;
        }
        throw new Malformed("a number is too long");
    }
}
