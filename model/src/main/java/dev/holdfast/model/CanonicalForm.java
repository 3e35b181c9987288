package dev.holdfast.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The byte form that digests are taken of: a tag per node, lengths before texts and collections, mapping keys
/// sorted. Digests are stored in clusters, so this form never changes.
final class CanonicalForm {

    private CanonicalForm() {}

    interface Sink {
        void write(byte[] bytes);
    }

    static void write(Value value, Sink sink) {
        switch (value) {
            case Value.Null _ -> sink.write(new byte[] {'n'});
            case Value.Bool(var truth, var _) -> sink.write(new byte[] {(byte) (truth ? 't' : 'f')});
            case Value.Whole(var number, var _) -> tagged('i', number, sink);
            case Value.Real(var number, var _) -> tagged('d', Double.doubleToLongBits(number), sink);
            case Value.Text(var text, var _) -> text('s', text, sink);
            case Sequence sequence -> {
                tagged('l', sequence.size(), sink);
                for (int i = 0; i < sequence.size(); i++) write(sequence.get(i), sink);
            }
            case Mapping mapping -> {
                tagged('m', mapping.size(), sink);
                for (int at : mapping.sortedPositions()) {
                    text('k', mapping.keyAt(at), sink);
                    write(mapping.valueAt(at), sink);
                }
            }
        }
    }

    private static void text(char tag, String text, Sink sink) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        tagged(tag, bytes.length, sink);
        sink.write(bytes);
    }

    private static void tagged(char tag, long number, Sink sink) {
        sink.write(ByteBuffer.allocate(9).put((byte) tag).putLong(number).array());
    }
}
