package dev.holdfast.yaml;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Values to JSON text as Go's encoding/json writes it without HTML escaping: no spaces, the shortest digits of a
/// double. Written straight into one growing byte array.
public final class JsonWriter {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// How many chars of a text space is reserved for at once.
    private static final int CHUNK = 4_096;

    private enum Keys {
        AS_GIVEN,
        SORTED
    }

    private final Keys order;
    private byte[] bytes = new byte[512];
    private int size;

    private JsonWriter(Keys order) {
        this.order = order;
    }

    /// Keys in the order in which the mappings have them.
    public static byte[] write(Value value) {
        return new JsonWriter(Keys.AS_GIVEN).all(value);
    }

    /// Keys sorted, at every level.
    public static byte[] writeSorted(Value value) {
        return new JsonWriter(Keys.SORTED).all(value);
    }

    public static String text(Value value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    public static String textSorted(Value value) {
        return new String(writeSorted(value), StandardCharsets.UTF_8);
    }

    private byte[] all(Value value) {
        value(value);
        return Arrays.copyOf(bytes, size);
    }

    private void value(Value value) {
        switch (value) {
            case Value.Null _ -> raw(NULL);
            case Value.Bool(var truth, var _) -> raw(truth ? TRUE : FALSE);
            case Value.Whole(var number, var _) -> whole(number);
            case Value.Real(var number, var _, var _) -> raw(GoNumber.jsonBytes(number));
            case Value.Text(var text, var _) -> string(text);
            case Sequence items -> sequence(items);
            case Mapping fields -> mapping(fields);
        }
    }

    private void sequence(Sequence items) {
        one('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) one(',');
            value(items.get(i));
        }
        one(']');
    }

    private void mapping(Mapping fields) {
        one('{');
        switch (order) {
            case AS_GIVEN -> {
                for (int i = 0; i < fields.size(); i++) field(fields, i, i > 0 ? ',' : 0);
            }
            case SORTED -> {
                char before = 0;
                for (int at : fields.sortedPositions()) {
                    field(fields, at, before);
                    before = ',';
                }
            }
        }
        one('}');
    }

    private void field(Mapping fields, int at, int before) {
        if (before != 0) one(before);
        string(fields.keyAt(at));
        one(':');
        value(fields.valueAt(at));
    }

    private void string(String text) {
        int length = text.length();
        int reserved = 0;
        one('"');
        for (int i = 0; i < length; i++) {
            // one char takes at most six bytes, as \\u0000; a pair of surrogates counts as two
            if (i >= reserved) reserved = reserveFor(i, length);
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') bytes[size++] = (byte) c;
            else i += special(text, i, c);
        }
        one('"');
    }

    private int reserveFor(int from, int length) {
        int chars = Math.min(CHUNK, length - from);
        reserve(chars * 6L);
        return from + chars;
    }

    /// One char that is not written as it is; returns how many more chars it took.
    private int special(String text, int at, char c) {
        switch (c) {
            case '"', '\\' -> escape(c);
            case '\n' -> escape('n');
            case '\r' -> escape('r');
            case '\t' -> escape('t');
            case '\b' -> escape('b');
            case '\f' -> escape('f');
            case '\u2028', '\u2029' -> unicode(c);
            default -> {
                if (c < 0x20) unicode(c);
                else return encoded(text, at, c);
            }
        }
        return 0;
    }

    private int encoded(String text, int at, char c) {
        if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | c >> 6);
            bytes[size++] = (byte) (0x80 | c & 0x3F);
            return 0;
        }
        boolean pair =
                Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        if (!pair) {
            int shown = Character.isSurrogate(c) ? 0xFFFD : c;
            bytes[size++] = (byte) (0xE0 | shown >> 12);
            bytes[size++] = (byte) (0x80 | shown >> 6 & 0x3F);
            bytes[size++] = (byte) (0x80 | shown & 0x3F);
            return 0;
        }
        int point = Character.toCodePoint(c, text.charAt(at + 1));
        bytes[size++] = (byte) (0xF0 | point >> 18);
        bytes[size++] = (byte) (0x80 | point >> 12 & 0x3F);
        bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
        bytes[size++] = (byte) (0x80 | point & 0x3F);
        return 1;
    }

    private void escape(int c) {
        bytes[size++] = '\\';
        bytes[size++] = (byte) c;
    }

    private void unicode(char c) {
        escape('u');
        bytes[size++] = HEX[c >> 12];
        bytes[size++] = HEX[c >> 8 & 15];
        bytes[size++] = HEX[c >> 4 & 15];
        bytes[size++] = HEX[c & 15];
    }

    private void whole(long number) {
        if (number == Long.MIN_VALUE) {
            raw(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        reserve(20);
        long rest = Math.abs(number);
        if (number < 0) bytes[size++] = '-';
        int digits = 1;
        for (long r = rest; r >= 10; r /= 10) digits++;
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    private void raw(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void one(int c) {
        if (size == bytes.length) reserve(1);
        bytes[size++] = (byte) c;
    }

    private void reserve(long more) {
        long needed = size + more;
        if (needed <= bytes.length) return;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a JSON text has at most 2 GiB");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 2L)));
    }
}
