package dev.holdfast.yaml;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// One document's text, cut out of its file line by line before YAML sees it, and the 1-based line on which it
/// begins.
record Chunk(String text, int line) {

    private static final String SEPARATOR = "---";

    /// Nothing but separators, comments and white space: no document.
    boolean blank() {
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            if (end < 0) end = text.length();
            var line = text.substring(at, end).strip();
            if (line.startsWith(SEPARATOR))
                line = line.substring(SEPARATOR.length()).strip();
            if (!line.isEmpty() && line.charAt(0) != '#') return false;
            at = end + 1;
        }
        return true;
    }

    static boolean looksLikeJson(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) return text.charAt(i) == '{';
        }
        return false;
    }

    /// Cuts as kubectl does: at every line that begins with three dashes, whatever YAML would say of it (inside a
    /// block scalar of a deeper level no line begins so). Only a comment may follow the dashes. A separator before
    /// which nothing stands stays in its document.
    static final class Cutter implements Iterator<Chunk> {
        private final String text;
        private final Trouble trouble;
        private int at;
        private int line = 1;
        private @Nullable Chunk next;

        Cutter(String text, Trouble trouble) {
            this.text = text;
            this.trouble = trouble;
        }

        @Override
        public boolean hasNext() {
            if (next == null && at < text.length()) next = cut();
            return next != null;
        }

        @Override
        public Chunk next() {
            if (!hasNext() || next == null) throw new NoSuchElementException();
            var chunk = next;
            next = null;
            return chunk;
        }

        private Chunk cut() {
            int begin = at;
            int first = line;
            while (at < text.length()) {
                int lineEnd = text.indexOf('\n', at);
                int after = lineEnd < 0 ? text.length() : lineEnd + 1;
                boolean separator = text.startsWith(SEPARATOR, at);
                if (separator) refuseMore(after);
                int here = at;
                at = after;
                line++;
                if (separator && here > begin) return new Chunk(text.substring(begin, here), first);
            }
            // like kubectl's line reader: the last line always ends
            var last = text.substring(begin);
            return new Chunk(last.endsWith("\n") ? last : last + "\n", first);
        }

        private void refuseMore(int lineEnd) {
            var rest = text.substring(at + SEPARATOR.length(), lineEnd).strip();
            if (rest.isEmpty() || rest.charAt(0) == '#') return;
            throw trouble.yaml(line, 1, "only a comment may follow the document separator ---");
        }
    }

    /// Cuts as Kustomize does: at every whole line that begins with three dashes and is not the file's first. The
    /// dashes of a first line, and of a line right after a separator, stay and are YAML's. The last line need not
    /// end.
    static final class ResourceCutter implements Iterator<Chunk> {
        private final String text;
        private final Trouble trouble;
        private int at;
        private int line = 1;
        private boolean ended;

        ResourceCutter(String text, Trouble trouble) {
            this.text = text;
            this.trouble = trouble;
        }

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public Chunk next() {
            if (ended) throw new NoSuchElementException();
            int begin = at;
            int first = line;
            int mark = text.indexOf("\n" + SEPARATOR, begin);
            int end = mark < 0 ? -1 : text.indexOf('\n', mark + 1);
            if (end < 0) {
                ended = true;
                return new Chunk(text.substring(begin), first);
            }
            at = end + 1;
            line += lines(begin, at);
            var rest = text.substring(mark + 1 + SEPARATOR.length(), end).strip();
            if (!rest.isEmpty() && rest.charAt(0) != '#') {
                throw trouble.yaml(line - 1, 1, "only a comment may follow the document separator ---");
            }
            return new Chunk(text.substring(begin, mark + 1), first);
        }

        private int lines(int from, int to) {
            int count = 0;
            for (int i = from; i < to; i++) if (text.charAt(i) == '\n') count++;
            return count;
        }
    }
}
