package dev.holdfast.yaml;

/// One string object for texts that come again and again: kinds, namespaces, field names. A cache of fixed size in
/// which a newer text replaces the one in its slot, so nothing an attacker sends makes it grow or slow. Racing
/// threads at worst keep two equal strings.
final class Symbols {

    /// Longer texts are seldom repeated.
    static final int LONGEST = 40;

    private static final int SLOTS = 1 << 13;

    private final String[] slots = new String[SLOTS];

    Symbols() {
        java.util.Arrays.fill(slots, "");
    }

    String of(char[] chars, int offset, int length) {
        if (length == 0) return "";
        if (length > LONGEST) return new String(chars, offset, length);
        int hash = 0;
        for (int i = offset; i < offset + length; i++) hash = 31 * hash + chars[i];
        int slot = slot(hash);
        var known = slots[slot];
        if (same(known, chars, offset, length)) return known;
        var fresh = new String(chars, offset, length);
        slots[slot] = fresh;
        return fresh;
    }

    String of(String text) {
        if (text.length() > LONGEST) return text;
        int slot = slot(text.hashCode());
        var known = slots[slot];
        if (known.equals(text)) return known;
        slots[slot] = text;
        return text;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 13) & SLOTS - 1;
    }

    private static boolean same(String known, char[] chars, int offset, int length) {
        if (known.length() != length) return false;
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != chars[offset + i]) return false;
        }
        return true;
    }
}
