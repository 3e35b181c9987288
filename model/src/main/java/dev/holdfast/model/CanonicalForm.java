package dev.holdfast.model;

import java.nio.charset.StandardCharsets;

/// The byte form that digests are taken of: a tag per node, lengths before texts and collections, mapping keys
/// sorted. Digests are stored in clusters, so this form never changes.
///
/// Bytes go out in large pieces: a digest that is fed a few bytes at a time spends most of its time being called.
final class CanonicalForm {

    private static final int PIECE = 2_048;

    interface Sink {
        void write(byte[] bytes, int offset, int length);
    }

    private final Sink sink;
    private final byte[] piece = new byte[PIECE];
    private int filled;

    private CanonicalForm(Sink sink) {
        this.sink = sink;
    }

    static void write(Value value, Sink sink) {
        var form = new CanonicalForm(sink);
        form.write(value);
        form.flush();
    }

    private void write(Value value) {
        switch (value) {
            case Value.Null _ -> tag('n');
            case Value.Bool(var truth, var _) -> tag(truth ? 't' : 'f');
            case Value.Whole(var number, var _) -> tagged('i', number);
            case Value.Real(var number, var _, var _) -> tagged('d', Double.doubleToLongBits(number));
            case Value.Text(var text, var _) -> text('s', text);
            case Sequence sequence -> {
                tagged('l', sequence.size());
                for (int i = 0; i < sequence.size(); i++) write(sequence.get(i));
            }
            case Mapping mapping -> {
                tagged('m', mapping.size());
                for (int at : mapping.order()) {
                    text('k', mapping.keyAt(at));
                    write(mapping.valueAt(at));
                }
            }
        }
    }

    private void text(char tag, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        tagged(tag, bytes.length);
        if (bytes.length > PIECE - filled) flush();
        if (bytes.length > PIECE) {
            sink.write(bytes, 0, bytes.length);
            return;
        }
        System.arraycopy(bytes, 0, piece, filled, bytes.length);
        filled += bytes.length;
    }

    private void tag(char tag) {
        if (filled == PIECE) flush();
        piece[filled++] = (byte) tag;
    }

    /// The number in eight bytes, the highest first.
    private void tagged(char tag, long number) {
        if (PIECE - filled < 9) flush();
        piece[filled++] = (byte) tag;
        for (int shift = 56; shift >= 0; shift -= 8) piece[filled++] = (byte) (number >>> shift);
    }

    private void flush() {
        sink.write(piece, 0, filled);
        filled = 0;
    }
}
