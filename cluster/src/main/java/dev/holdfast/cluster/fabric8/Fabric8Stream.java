package dev.holdfast.cluster.fabric8;

import dev.holdfast.cluster.LineCutter;
import dev.holdfast.cluster.WatchTimes;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Stream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A watch over Fabric8's client, cut into lines.
final class Fabric8Stream implements Stream {

    private final Fabric8Transport transport;
    private final int status;
    private final List<Header> headers;
    private final Inflow inflow;
    private final long idleMillis;
    private final LineCutter lines = new LineCutter(LineCutter.LONGEST_LINE);
    private volatile boolean closed;
    private boolean ended;

    Fabric8Stream(Fabric8Transport transport, int status, List<Header> headers, Inflow inflow, String target) {
        this.transport = transport;
        this.status = status;
        this.headers = List.copyOf(headers);
        this.inflow = inflow;
        this.idleMillis = WatchTimes.idleMillis(target);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public List<Header> headers() {
        return headers;
    }

    @Override
    public byte @Nullable [] nextLine() {
        try {
            while (true) {
                var line = lines.next();
                if (line != null || ended) return line;
                var buffers = inflow.next(idleMillis);
                if (buffers == null) {
                    ended = true;
                    return lines.rest();
                }
                for (var buffer : buffers) lines.add(buffer);
            }
        } catch (IOException broken) {
            if (closed) return null;
            close();
            throw transport.unreachable(broken);
        } catch (InterruptedException _) {
            close();
            throw transport.interrupted();
        }
    }

    @Override
    public void close() {
        closed = true;
        transport.forget(this);
        inflow.cancel();
    }
}
