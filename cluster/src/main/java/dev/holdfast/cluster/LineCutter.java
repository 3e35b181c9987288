package dev.holdfast.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Cuts a stream of bytes into lines of bounded length. For transports: one line is one event of a watch.
public final class LineCutter {

    /// An event holds one object, and etcd's objects end far below this.
    public static final int LONGEST_LINE = 32 << 20;

    private static final int FIRST_SIZE = 8 << 10;

    private final int longest;
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private byte[] partial = new byte[FIRST_SIZE];
    private int size;

    public LineCutter(int longest) {
        this.longest = longest;
    }

    /// @throws LineTooLongException when a line is longer than the bound
    public void add(ByteBuffer bytes) throws LineTooLongException {
        while (bytes.hasRemaining()) {
            int end = newline(bytes);
            int length = end - bytes.position();
            append(bytes, length);
            if (!bytes.hasRemaining()) return;
            bytes.get();
            complete();
        }
    }

    private static int newline(ByteBuffer bytes) {
        if (!bytes.hasArray()) {
            int at = bytes.position();
            while (at < bytes.limit() && bytes.get(at) != '\n') at++;
            return at;
        }
        // byte by byte through the buffer costs several times as much
        var array = bytes.array();
        int offset = bytes.arrayOffset();
        int end = offset + bytes.limit();
        int at = offset + bytes.position();
        while (at < end && array[at] != '\n') at++;
        return at - offset;
    }

    private void append(ByteBuffer bytes, int length) throws LineTooLongException {
        if (length > longest - size) throw new LineTooLongException(longest);
        if (size + length > partial.length) {
            partial = Arrays.copyOf(partial, Math.max(size + length, Math.min(longest, partial.length * 2)));
        }
        bytes.get(partial, size, length);
        size += length;
    }

    private void complete() {
        int length = size > 0 && partial[size - 1] == '\r' ? size - 1 : size;
        lines.add(Arrays.copyOf(partial, length));
        size = 0;
        // one huge object does not hold its memory for the rest of the watch
        if (partial.length > 64 * FIRST_SIZE) partial = new byte[FIRST_SIZE];
    }

    /// The next complete line without its end; null when there is none yet.
    public byte @Nullable [] next() {
        return lines.pollFirst();
    }

    /// What follows the last line's end when the stream is over; null when that is nothing.
    public byte @Nullable [] rest() {
        if (size == 0) return null;
        complete();
        return lines.pollFirst();
    }

    /// A line beyond the bound.
    public static final class LineTooLongException extends java.io.IOException {
        private static final long serialVersionUID = 1;

        LineTooLongException(int longest) {
            super("a line of more than " + longest + " bytes");
        }
    }
}
