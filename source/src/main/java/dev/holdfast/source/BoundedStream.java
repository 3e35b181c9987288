package dev.holdfast.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/// An answer that ends: after so many bytes, or at a point in time, with a fault.
final class BoundedStream extends FilterInputStream {

    private final GuardedConnections line;
    private final Instant deadline;
    private long count;

    BoundedStream(InputStream source, GuardedConnections line, Instant deadline) {
        super(source);
        this.line = line;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        check();
        int one = super.read();
        if (one >= 0) count++;
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        check();
        int read = super.read(target, offset, length);
        if (read > 0) count += read;
        return read;
    }

    @Override
    public long skip(long length) throws IOException {
        check();
        long skipped = super.skip(length);
        count += skipped;
        return skipped;
    }

    private void check() {
        long limit = line.limits().packBytes();
        if (count > limit) throw GitFaults.tooLarge(line.name(), "an answer", limit);
        if (line.now().isAfter(deadline)) {
            throw GitFaults.unreachable(
                    line.name(), "it took longer than " + line.limits().whole(), null);
        }
    }
}
