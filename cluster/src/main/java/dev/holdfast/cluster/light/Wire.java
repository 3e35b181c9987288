package dev.holdfast.cluster.light;

import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Request;
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
import java.util.Locale;

/// One connection, used by one task at a time: writes a request, reads the head of its answer. HTTP/1.1 (RFC 9112)
/// as far as a client needs it that neither upgrades nor pipelines.
final class Wire implements AutoCloseable {

    private static final int LONGEST_HEAD = 64 << 10;
    private static final int INTERIM_ANSWERS = 5;
    private static final int BUFFER = 16 << 10;
    /// `HTTP/1.1 200`
    private static final int STATUS_LINE = 12;

    /// What it is carried by, and what is spoken: the same without TLS.
    private final Socket carrier;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    /// What has been read and not yet been asked for stands from `at` to `end`.
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    /// When the last answer ended, by the JVM's own running time.
    private long idleSince;

    Wire(Socket carrier, Socket socket) throws IOException {
        this.carrier = carrier;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    record Head(int status, List<Header> headers) {
        List<String> values(String name) {
            var values = new ArrayList<String>(1);
            for (var header : headers) if (header.name().equalsIgnoreCase(name)) values.add(header.value());
            return values;
        }

        boolean says(String name, String token) {
            for (var value : values(name)) if (value.toLowerCase(Locale.ROOT).contains(token)) return true;
            return false;
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
        int status = status(readLine(LONGEST_HEAD));
        var headers = new ArrayList<Header>();
        int left = LONGEST_HEAD;
        while (true) {
            var line = readLine(left);
            if (line.isEmpty()) return new Head(status, headers);
            left -= line.length() + 2;
            int colon = line.indexOf(':');
            if (colon <= 0) throw new IOException("the answer has a malformed header");
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).trim()));
        }
    }

    private static int status(String line) throws IOException {
        boolean http = line.length() >= STATUS_LINE
                && line.startsWith("HTTP/1.")
                && (line.charAt(7) == '1' || line.charAt(7) == '0')
                && line.charAt(8) == ' '
                && (line.length() == STATUS_LINE || line.charAt(STATUS_LINE) == ' ');
        int status = 0;
        for (int i = 9; http && i < STATUS_LINE; i++) {
            int digit = line.charAt(i) - '0';
            http = digit >= 0 && digit <= 9;
            status = status * 10 + digit;
        }
        if (!http || status < 100 || status > 599) throw new IOException("the answer is no HTTP/1.1");
        return status;
    }

    /// A line without its end.
    String readLine(int longest) throws IOException {
        var beginning = "";
        while (true) {
            int length = 0;
            while (at + length < end && buffer[at + length] != '\n') length++;
            if (length > longest - beginning.length()) throw new IOException("the answer has a line beyond the limit");
            var piece = new String(buffer, at, length, StandardCharsets.ISO_8859_1);
            boolean whole = at + length < end;
            at += whole ? length + 1 : length;
            var line = beginning.isEmpty() ? piece : beginning + piece;
            if (whole) return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            beginning = line;
            if (!fill()) throw new EOFException("the server closed the connection");
        }
    }

    /// Some bytes, at least one; -1 at the end of the connection.
    int read(byte[] into, int most) throws IOException {
        if (at == end && !fill()) return -1;
        int count = Math.min(most, end - at);
        System.arraycopy(buffer, at, into, 0, count);
        at += count;
        return count;
    }

    /// Reads more, where nothing is left; false at the end of the connection.
    private boolean fill() throws IOException {
        at = 0;
        end = 0;
        int count = in.read(buffer);
        if (count <= 0) return false;
        end = count;
        return true;
    }

    void rest(long nanos) {
        idleSince = nanos;
    }

    /// Whether the server has kept the connection too; a look that costs a millisecond, taken only after a pause.
    boolean usable(long nanos, long maxIdleNanos, long glanceAfterNanos) {
        long idle = nanos - idleSince;
        if (idle > maxIdleNanos) return false;
        if (at < end) return false;
        if (idle < glanceAfterNanos) return true;
        try {
            socket.setSoTimeout(1);
            // bytes that nobody asked for are as bad as an end
            fill();
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Closes the carrier alone. TLS would say goodbye and wait for an answer, which the server of a watch gives no
    /// sooner than it has another event to tell: all that we asked for is here, or nobody wants it any more.
    @Override
    public void close() {
        try {
            carrier.close();
        } catch (IOException _) {
            // it is gone, as wanted
        }
    }
}
