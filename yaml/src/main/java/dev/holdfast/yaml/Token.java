package dev.holdfast.yaml;

/// A token of a YAML text. `text` is a scalar's text, an anchor's or alias's name, or a tag in full; line and
/// column count from zero.
record Token(Kind kind, String text, int line, int column) {

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

    Token(Kind kind, int line, int column) {
        this(kind, "", line, column);
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
