package dev.holdfast.cluster.light;

import dev.holdfast.cluster.LineCutter;
import dev.holdfast.cluster.Unreachable;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A watch on a connection of its own.
final class LightStream implements Stream {

    private final Wire wire;
    private final Wire.Head head;
    private final Body body;
    private final String server;
    private final Consumer<LightStream> forget;
    private final LineCutter lines = new LineCutter(LineCutter.LONGEST_LINE);
    private final byte[] buffer = new byte[8 << 10];
    private volatile boolean closed;
    private boolean ended;

    LightStream(Wire wire, Wire.Head head, Body body, String server, Consumer<LightStream> forget) {
        this.wire = wire;
        this.head = head;
        this.body = body;
        this.server = server;
        this.forget = forget;
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public List<Header> headers() {
        return head.headers();
    }

    @Override
    public byte @Nullable [] nextLine() {
        try {
            while (true) {
                var line = lines.next();
                if (line != null || ended) return line;
                int count = body.read(buffer);
                if (count < 0) {
                    ended = true;
                    return lines.rest();
                }
                lines.add(ByteBuffer.wrap(buffer, 0, count));
            }
        } catch (IOException broken) {
            if (closed) return null;
            close();
            throw Unreachable.because(server, broken);
        }
    }

    @Override
    public void close() {
        closed = true;
        forget.accept(this);
        wire.close();
    }
}
