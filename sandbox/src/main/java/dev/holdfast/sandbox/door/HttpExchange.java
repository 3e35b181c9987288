package dev.holdfast.sandbox.door;

import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.write.Bodies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;

/// Translates between HTTP and the server's one function, and does nothing else.
final class HttpExchange extends Handler.Abstract {

    /// Lines of a watch are gathered up to so many bytes.
    private static final int TOGETHER = 16 << 10;

    private final HttpDoor.Exchange exchange;

    HttpExchange(HttpDoor.Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var headers = new ArrayList<Header>();
        for (var field : request.getHeaders()) headers.add(new Header(field.getName(), field.getValue()));
        switch (answer(request, headers)) {
            case Answer.Whole whole -> whole(request, response, whole, callback);
            case Answer.Streaming stream
            when asksForWebSocket(request) -> {
                stream.lines().close();
                whole(request, response, new Answer.Whole(200, stream.headers(), new byte[0]), callback);
            }
            case Answer.Streaming stream -> stream(request, response, stream, callback);
            case Answer.Lost _ -> {
                request.getConnectionMetaData().getConnection().getEndPoint().close();
                callback.failed(new IOException("the answer is lost on purpose"));
            }
        }
        return true;
    }

    private Answer answer(Request request, List<Header> headers) throws IOException {
        var body = body(request);
        Call call;
        try {
            call = Call.of(request.getMethod(), request.getHttpURI().getPathQuery(), headers, body);
        } catch (Refusal refused) {
            return Answer.refused(refused);
        }
        return exchange.answer(call, Caller.of(request));
    }

    /// Some clients try a WebSocket first, and fall back when the answer is a plain 200 (Fabric8; a 503 it tries again
    /// for long). A stream that never ends would keep them waiting for the end of its body.
    private static boolean asksForWebSocket(Request request) {
        var upgrade = request.getHeaders().get("Upgrade");
        return upgrade != null && upgrade.equalsIgnoreCase("websocket");
    }

    private static void whole(Request request, Response response, Answer.Whole whole, Callback callback) {
        head(response, whole);
        response.getHeaders().put("Content-Length", whole.body().length);
        boolean bare = request.getMethod().equals("HEAD");
        response.write(true, bare ? ByteBuffer.allocate(0) : ByteBuffer.wrap(whole.body()), callback);
    }

    /// One byte more than the largest body that is read: enough to see that it is too large.
    private static byte[] body(Request request) throws IOException {
        if (request.getLength() == 0) return new byte[0];
        try (var in = Content.Source.asInputStream(request)) {
            return in.readNBytes(Bodies.LARGEST + 1);
        }
    }

    private static void head(Response response, Answer answer) {
        response.setStatus(answer.status());
        for (var header : answer.headers()) response.getHeaders().add(header.name(), header.value());
        response.getHeaders().put("Cache-Control", "no-cache, private");
    }

    /// A client that is gone, or reads nothing for too long, ends the watch: the write to it fails.
    private static void stream(Request request, Response response, Answer.Streaming stream, Callback callback) {
        request.addFailureListener(_ -> stream.lines().close());
        try (var lines = stream.lines()) {
            head(response, stream);
            flush(response, ByteBuffer.allocate(0));
            for (var line = lines.next(); line != null; line = lines.next()) {
                flush(response, together(line, lines));
            }
            response.write(true, ByteBuffer.allocate(0), callback);
        } catch (IOException gone) {
            callback.failed(gone);
        }
    }

    /// Lines that are there already travel with the first.
    private static ByteBuffer together(byte[] first, Answer.Lines lines) {
        var more = lines.ready();
        if (more == null) {
            return ByteBuffer.allocate(first.length + 1)
                    .put(first)
                    .put((byte) '\n')
                    .flip();
        }
        var all = new ByteArrayOutputStream(2 * TOGETHER);
        all.writeBytes(first);
        all.write('\n');
        for (var line = more; line != null; line = all.size() < TOGETHER ? lines.ready() : null) {
            all.writeBytes(line);
            all.write('\n');
        }
        return ByteBuffer.wrap(all.toByteArray());
    }

    private static void flush(Response response, ByteBuffer buffer) throws IOException {
        try (var blocker = Blocker.callback()) {
            response.write(false, buffer, blocker);
            blocker.block();
        }
    }
}
