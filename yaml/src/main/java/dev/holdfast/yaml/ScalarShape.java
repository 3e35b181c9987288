package dev.holdfast.yaml;

/// Which ways of writing a text would read back as that text, by go-yaml's judgement.
record ScalarShape(boolean multiline, boolean plain, boolean single, boolean block) {

    static ScalarShape of(String text) {
        return text.isEmpty() ? new ScalarShape(false, true, true, false) : new Analysis(text).shape();
    }

    /// What YAML can show without an escape.
    static boolean printable(int point) {
        return point == '\n'
                || point >= 0x20 && point <= 0x7E
                || point >= 0xA0 && point <= 0xD7FF
                || point >= 0xE000 && point <= 0xFFFD && point != 0xFEFF;
    }

    private static final class Analysis {
        private final String text;
        private boolean indicators;
        private boolean lineBreaks;
        private boolean special;
        private boolean edges;
        private boolean breakThenSpace;
        private boolean spaceThenBreak;

        Analysis(String text) {
            this.text = text;
        }

        ScalarShape shape() {
            int last = text.length() - 1;
            boolean trailingSpace = text.charAt(last) == ' ';
            edges = isEdge(text.charAt(0)) || isEdge(text.charAt(last));
            indicators = text.startsWith("---") || text.startsWith("...") || firstIndicates();
            for (int i = 0; i <= last; i++) look(i);
            boolean plain = !edges && !breakThenSpace && !spaceThenBreak && !special && !lineBreaks && !indicators;
            boolean single = !breakThenSpace && !spaceThenBreak && !special;
            boolean block = !trailingSpace && !spaceThenBreak && !special;
            return new ScalarShape(lineBreaks, plain, single, block);
        }

        private static boolean isEdge(char c) {
            return c == ' ' || Cursor.isBreak(c);
        }

        private boolean firstIndicates() {
            return switch (text.charAt(0)) {
                case '#', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`' -> true;
                case '?', ':', '-' -> followedByBlank(0);
                default -> false;
            };
        }

        private void look(int i) {
            char c = text.charAt(i);
            if (c == ':' && i > 0) indicators |= followedByBlank(i);
            else if (c == '#' && i > 0) indicators |= Cursor.isGap(text.charAt(i - 1));
            else if (c == ' ') breakThenSpace |= i > 0 && Cursor.isBreak(text.charAt(i - 1));
            else if (Cursor.isBreak(c)) {
                lineBreaks = true;
                spaceThenBreak |= i > 0 && text.charAt(i - 1) == ' ';
            }
            // a surrogate is never printable: what is beyond the first plane is escaped
            if (!printable(c)) special = true;
        }

        private boolean followedByBlank(int i) {
            return i + 1 == text.length() || Cursor.isBlank(text.charAt(i + 1));
        }
    }
}
