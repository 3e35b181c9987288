package dev.holdfast.cluster.light;

import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashSet;

/// The body of one answer, with its end where the head says: a length, chunks, or the end of the connection.
final class Body {

    private static final int LONGEST_CHUNK_LINE = 4 << 10;
    /// Digits of a number that is no negative one.
    private static final int LONGEST_CHUNK_SIZE = 15;

    private enum Framing {
        NONE,
        LENGTH,
        CHUNKS,
        CLOSE
    }

    private final Wire wire;
    private final Framing framing;
    /// Bytes until the end, or until the end of the chunk.
    private long left;
    private boolean begun;
    private boolean ended;

    private Body(Wire wire, Framing framing, long left) {
        this.wire = wire;
        this.framing = framing;
        this.left = left;
        this.ended = framing == Framing.NONE || framing == Framing.LENGTH && left == 0;
    }

    static Body of(Wire wire, Wire.Head head) throws IOException {
        if (head.status() == 204 || head.status() == 304) return new Body(wire, Framing.NONE, 0);
        if (head.says("Transfer-Encoding", "chunked")) return new Body(wire, Framing.CHUNKS, 0);
        var lengths = new LinkedHashSet<>(head.values("Content-Length"));
        if (lengths.isEmpty()) return new Body(wire, Framing.CLOSE, 0);
        if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
            throw new IOException("the answer has a malformed length");
        }
        return new Body(wire, Framing.LENGTH, Long.parseLong(lengths.getFirst()));
    }

    /// Whether the connection can serve again after this body.
    boolean reusable() {
        return ended && framing != Framing.CLOSE;
    }

    /// Some bytes, at least one; -1 at the end.
    int read(byte[] into) throws IOException {
        if (ended) return -1;
        return switch (framing) {
            case NONE -> -1;
            case CLOSE -> {
                int count = wire.read(into, into.length);
                ended = count < 0;
                yield count;
            }
            case LENGTH -> {
                int count = counted(into);
                ended = left == 0;
                yield count;
            }
            case CHUNKS -> chunk(into);
        };
    }

    /// The line end behind a chunk is read with the next one: servers send it late, and an event that is here must
    /// not wait for it.
    private int chunk(byte[] into) throws IOException {
        if (left == 0) {
            if (begun && !wire.readLine(LONGEST_CHUNK_LINE).isEmpty()) throw new IOException("a malformed chunk");
            begun = true;
            left = chunkSize();
            if (left == 0) {
                // trailers, which nobody needs
                while (!wire.readLine(LONGEST_CHUNK_LINE).isEmpty()) continue;
                ended = true;
                return -1;
            }
        }
        return counted(into);
    }

    private long chunkSize() throws IOException {
        var line = wire.readLine(LONGEST_CHUNK_LINE);
        int extension = line.indexOf(';');
        var digits = (extension < 0 ? line : line.substring(0, extension)).trim();
        if (digits.isEmpty() || digits.length() > LONGEST_CHUNK_SIZE) throw new IOException("a malformed chunk size");
        long size = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), 16);
            if (digit < 0) throw new IOException("a malformed chunk size");
            size = size * 16 + digit;
        }
        return size;
    }

    private int counted(byte[] into) throws IOException {
        int count = wire.read(into, (int) Math.min(into.length, left));
        if (count < 0) throw new EOFException("the answer ended too early");
        left -= count;
        return count;
    }
}
