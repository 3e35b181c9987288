package dev.holdfast.yaml;

/// Halves of surrogate pairs have no UTF-8 form; like Go they are replaced by U+FFFD.
final class Surrogates {

    private Surrogates() {}

    /// The text itself when nothing is wrong with it.
    static String repaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) return rebuilt(text, i);
        }
        return text;
    }

    private static String rebuilt(String text, int from) {
        var repaired = new StringBuilder(text.length()).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) repaired.append(c).append(text.charAt(++i));
            else repaired.append(Character.isSurrogate(c) ? '\uFFFD' : c);
        }
        return repaired.toString();
    }
}
