package dev.holdfast.cluster.light;

import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Request;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One connection, used by one task at a time: writes a request, reads the head of its answer. HTTP/1.1 (RFC 9112)
/// as far as a client needs it that neither upgrades nor pipelines.
final class Wire implements AutoCloseable {

    private static final int LONGEST_HEAD = 64 << 10;
    private static final int INTERIM_ANSWERS = 5;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    /// When the last answer ended, by the JVM's own running time.
    private long idleSince;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
        this.out = socket.getOutputStream();
    }

    record Head(int status, List<Header> headers) {
        List<String> values(String name) {
            return headers.stream()
                    .filter(header -> header.name().equalsIgnoreCase(name))
                    .map(Header::value)
                    .toList();
        }

        boolean says(String name, String token) {
            return values(name).stream()
                    .anyMatch(value -> value.toLowerCase(java.util.Locale.ROOT).contains(token));
        }
    }

    void timeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    Head exchange(Request request, String authority, List<Header> more) throws IOException {
        write(request, authority, more);
        for (int interim = 0; interim <= INTERIM_ANSWERS; interim++) {
            var head = readHead();
            if (head.status() >= 200) return head;
        }
        throw new IOException("the server announces an answer over and over");
    }

    private void write(Request request, String authority, List<Header> more) throws IOException {
        var head = new StringBuilder(256);
        head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        line(head, "Host", authority);
        if (request.header("User-Agent").isEmpty()) line(head, "User-Agent", "holdfast");
        for (var header : more) line(head, header.name(), header.value());
        for (var header : request.headers()) line(head, header.name(), header.value());
        var body = request.body();
        if (body != null) line(head, "Content-Length", Integer.toString(body.length));
        else if (!request.method().equals("GET")) line(head, "Content-Length", "0");
        head.append("\r\n");
        // one write, and so one segment for a small request
        var bytes = new ByteArrayOutputStream(head.length() + (body == null ? 0 : body.length));
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (body != null) bytes.writeBytes(body);
        bytes.writeTo(out);
        out.flush();
    }

    private static void line(StringBuilder head, String name, String value) throws IOException {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IOException("the header " + name + " holds a line break");
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private Head readHead() throws IOException {
        var first = readLine(LONGEST_HEAD);
        if (!first.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            throw new IOException("the answer is no HTTP/1.1");
        }
        var headers = new ArrayList<Header>();
        int left = LONGEST_HEAD;
        while (true) {
            var line = readLine(left);
            if (line.isEmpty()) return new Head(Integer.parseInt(first.substring(9, 12)), headers);
            left -= line.length() + 2;
            int colon = line.indexOf(':');
            if (colon <= 0) throw new IOException("the answer has a malformed header");
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).trim()));
        }
    }

    String readLine(int longest) throws IOException {
        var line = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) throw new EOFException("the server closed the connection");
            if (next == '\n') break;
            if (line.length() >= longest) throw new IOException("the answer has a line beyond the limit");
            line.append((char) next);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') line.setLength(line.length() - 1);
        return line.toString();
    }

    InputStream in() {
        return in;
    }

    void rest(long nanos) {
        idleSince = nanos;
    }

    /// Whether the server has kept the connection too; a look that costs a millisecond, taken only after a pause.
    boolean usable(long nanos, long maxIdleNanos, long glanceAfterNanos) {
        long idle = nanos - idleSince;
        if (idle > maxIdleNanos) return false;
        if (idle < glanceAfterNanos) return true;
        try {
            socket.setSoTimeout(1);
            in.mark(1);
            // bytes that nobody asked for are as bad as an end
            in.read();
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // it is gone, as wanted
        }
    }
}
