package dev.holdfast.yaml;

import dev.holdfast.yaml.NodeMaker.Quoting;

/// A token of a YAML text. `text` is a scalar's text, an anchor's or alias's name, or a tag in full; line and
/// column count from zero. A file has millions, so its scanner fills the same few anew: a token that was taken
/// holds until the next one is taken.
final class Token {

    private Kind kind = Kind.END;
    private String text = "";
    private Quoting quoting = Quoting.PLAIN;
    private int line;
    private int column;

    enum Kind {
        END,
        DIRECTIVE,
        DOCUMENT_START,
        DOCUMENT_END,
        BLOCK_SEQUENCE,
        BLOCK_MAPPING,
        BLOCK_END,
        FLOW_SEQUENCE,
        FLOW_SEQUENCE_END,
        FLOW_MAPPING,
        FLOW_MAPPING_END,
        ENTRY,
        COMMA,
        KEY,
        VALUE,
        ALIAS,
        ANCHOR,
        TAG,
        PLAIN,
        QUOTED
    }

    Token become(Kind newKind, String newText, int newLine, int newColumn) {
        kind = newKind;
        text = newText;
        quoting = newKind == Kind.QUOTED ? Quoting.DOUBLE : Quoting.PLAIN;
        line = newLine;
        column = newColumn;
        return this;
    }

    void quoted(Quoting how) {
        quoting = how;
    }

    /// How a scalar was written.
    Quoting quoting() {
        return quoting;
    }

    Kind kind() {
        return kind;
    }

    String text() {
        return text;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    boolean is(Kind one) {
        return kind == one;
    }

    boolean is(Kind one, Kind other) {
        return kind == one || kind == other;
    }

    boolean is(Kind one, Kind other, Kind third) {
        return kind == one || kind == other || kind == third;
    }
}
