package dev.holdfast.sandbox.request;

import java.util.ArrayDeque;
import java.util.Deque;

/// What is wrong with a text that is not JSON, in the words of Go's decoder, which clients know from the real
/// server. Runs on broken texts only.
public final class JsonComplaint {

    private static final String END = "unexpected end of JSON input";

    private final byte[] text;
    private int at;

    private JsonComplaint(byte[] text) {
        this.text = text;
    }

    /// Empty text where nothing is wrong.
    public static String of(byte[] text) {
        try {
            new JsonComplaint(text).document();
            return "";
        } catch (Found found) {
            return found.words;
        }
    }

    private static final class Found extends Exception {
        private static final long serialVersionUID = 1;
        private final String words;

        Found(String words) {
            super(words, null, false, false);
            this.words = words;
        }
    }

    /// Without recursion: a hostile text may be nested as deeply as it is long.
    private void document() throws Found {
        Deque<Character> open = new ArrayDeque<>();
        boolean valueDue = true;
        while (true) {
            if (valueDue) {
                char c = peek("looking for beginning of value");
                if (c == '{' || c == '[') {
                    at++;
                    open.push(c);
                    if (skip() && text[at] == (c == '{' ? '}' : ']')) {
                        at++;
                        open.pop();
                        valueDue = false;
                    } else if (c == '{') {
                        key("looking for beginning of object key string");
                    }
                    continue;
                }
                scalar(c);
                valueDue = false;
            }
            if (open.isEmpty()) {
                if (skip()) throw unexpected("after top-level value");
                return;
            }
            boolean object = open.peek() == '{';
            char c = peek(object ? "after object key:value pair" : "after array element");
            at++;
            if (c == ',') {
                if (object) key("looking for beginning of object key string");
                valueDue = true;
            } else if (c == (object ? '}' : ']')) {
                open.pop();
            } else {
                at--;
                throw unexpected(object ? "after object key:value pair" : "after array element");
            }
        }
    }

    private void key(String where) throws Found {
        if (peek(where) != '"') throw unexpected(where);
        string();
        if (peek("after object key") != ':') throw unexpected("after object key");
        at++;
    }

    private void scalar(char c) throws Found {
        switch (c) {
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> {
                if (c != '-' && !Character.isDigit(c)) throw unexpected("looking for beginning of value");
                number();
            }
        }
    }

    private void string() throws Found {
        at++;
        while (true) {
            if (at >= text.length) throw new Found(END);
            int c = text[at] & 0xff;
            if (c < 0x20) throw unexpected("in string literal");
            at++;
            if (c == '"') return;
            if (c == '\\') {
                if (at >= text.length) throw new Found(END);
                if ("\"\\/bfnrtu".indexOf(text[at]) < 0) throw unexpected("in string escape code");
                at++;
            }
        }
    }

    private void literal(String word) throws Found {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= text.length) throw new Found(END);
            if (text[at] != word.charAt(i)) {
                throw unexpected("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
    }

    private void number() throws Found {
        if (text[at] == '-') at++;
        if (at >= text.length) throw new Found(END);
        if (!Character.isDigit(text[at])) throw unexpected("in numeric literal");
        while (at < text.length && "0123456789+-.eE".indexOf(text[at]) >= 0) at++;
    }

    private char peek(String where) throws Found {
        if (!skip()) throw new Found(END);
        int c = text[at] & 0xff;
        if (c >= 0x80) throw unexpected(where);
        return (char) c;
    }

    private boolean skip() {
        while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) at++;
        return at < text.length;
    }

    private Found unexpected(String where) {
        int c = text[at] & 0xff;
        var shown = c == '\'' ? "'\\''" : c < 0x20 ? "'\\x%02x'".formatted(c) : "'" + (char) c + "'";
        return new Found("invalid character " + shown + " " + where);
    }
}
