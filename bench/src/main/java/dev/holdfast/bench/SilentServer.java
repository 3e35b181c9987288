package dev.holdfast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes every connection and never says a word: the worst that a repository can do to who waits for it.
final class SilentServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Socket> taken = new CopyOnWriteArrayList<>();

    private SilentServer(ServerSocket socket) {
        this.socket = socket;
    }

    static SilentServer start() {
        try {
            var server = new SilentServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(server::take);
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/silent.git";
    }

    /// How many connections it has kept waiting.
    int connections() {
        return taken.size();
    }

    private void take() {
        try {
            while (true) taken.add(socket.accept());
        } catch (IOException closed) {
            // the end
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (var one : taken) one.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
