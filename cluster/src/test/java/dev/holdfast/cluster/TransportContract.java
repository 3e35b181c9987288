package dev.holdfast.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What both transports over HTTP keep to.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TransportContract {

    protected static final String TOKEN = "token-that-nobody-may-see";

    private final HttpApi api = HttpApi.plain();
    private @Nullable ApiTransport opened;

    /// A transport to this server that shows {@link #TOKEN}.
    protected abstract ApiTransport open(String server) throws IOException;

    private ApiTransport transport() throws IOException {
        var transport = opened;
        if (transport == null) transport = open(api.address());
        opened = transport;
        return transport;
    }

    @AfterEach
    void close() {
        if (opened != null) opened.close();
        api.close();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "(end)" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static FaultException faultOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(FaultException.class, call);
    }

    @Test
    void aRequestArrivesAsItIs() throws IOException {
        api.on("/api/v1/x", exchange -> {
            exchange.getResponseHeaders().add("Warning", "299 - \"a\"");
            exchange.getResponseHeaders().add("Warning", "299 - \"b\"");
            HttpApi.say(exchange, 201, "{\"ok\":\"é\"}");
        });
        var body = "{\"name\":\"é\",\"n\":null}";
        var headers = List.of(
                new Header("Accept", "application/json"),
                new Header("Content-Type", "application/apply-patch+yaml"),
                new Header("Impersonate-User", "system:serviceaccount:a:b"));
        var reply = transport()
                .send(new Request("PATCH", "/api/v1/x?a=b%2Fc", headers, body.getBytes(StandardCharsets.UTF_8)));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(text(reply.body())).isEqualTo("{\"ok\":\"é\"}");
        assertThat(reply.headers().stream()
                        .filter(header -> header.name().equalsIgnoreCase("warning"))
                        .count())
                .isEqualTo(2);
        var asked = api.asked.getLast();
        assertThat(asked.line()).isEqualTo("PATCH /api/v1/x?a=b%2Fc");
        assertThat(asked.body()).isEqualTo(body);
        assertThat(asked.header("Content-type")).isEqualTo("application/apply-patch+yaml");
        assertThat(asked.header("Impersonate-user")).isEqualTo("system:serviceaccount:a:b");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer " + TOKEN);
    }

    @Test
    void everyMethodAndEveryStatusPassThrough() throws IOException {
        for (var method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
            for (int status : new int[] {200, 204, 304, 401, 404, 409, 410, 422, 429, 500, 503}) {
                api.on("/x", exchange -> HttpApi.say(exchange, status, status == 204 || status == 304 ? "" : "said"));
                var body = "{}".getBytes(StandardCharsets.UTF_8);
                var request = method.equals("GET")
                        ? Request.get("/x")
                        : new Request(method, "/x", List.of(new Header("Content-Type", "application/json")), body);
                assertThat(transport().send(request).status()).as(method).isEqualTo(status);
            }
        }
    }

    @Test
    void aServerThatIsBusyIsAskedOnce() throws IOException {
        api.on("/x", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "1");
            HttpApi.say(exchange, 429, "slow down");
        });
        assertThat(transport().send(Request.get("/x")).status()).isEqualTo(429);
        assertThat(api.asked).hasSize(1);
    }

    @Test
    void aLargeAnswerArrivesWhole() throws IOException {
        var large = new byte[5 << 20];
        new Random(1).nextBytes(large);
        api.on("/length", exchange -> {
            exchange.sendResponseHeaders(200, large.length);
            try (var out = exchange.getResponseBody()) {
                out.write(large);
            }
        });
        api.on("/chunks", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                for (int at = 0; at < large.length; at += 100_000) {
                    out.write(large, at, Math.min(100_000, large.length - at));
                }
            }
        });
        assertThat(transport().send(Request.get("/length")).body()).isEqualTo(large);
        assertThat(transport().send(Request.get("/chunks")).body()).isEqualTo(large);
    }

    @Test
    void connectionsAreUsedAgain() throws IOException {
        api.on("/x", exchange -> HttpApi.say(exchange, 200, "{}"));
        for (int i = 0; i < 50; i++) transport().send(Request.get("/x"));
        assertThat(api.asked.stream().map(HttpApi.Asked::port).distinct().count())
                .isEqualTo(1);
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        api.on("/x", exchange -> {
            exchange.getResponseHeaders().add("Location", "/y");
            HttpApi.say(exchange, 302, "elsewhere");
        });
        assertThat(transport().send(Request.get("/x")).status()).isEqualTo(302);
        assertThat(api.asked).hasSize(1);
    }

    @Test
    void noAnswerIsATransientFaultThatNamesTheServerAndNoSecret() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (var transport = open("http://127.0.0.1:" + port)) {
            var fault = faultOf(() -> transport.send(Request.get("/x")));
            assertThat(fault.fault()).isInstanceOf(Fault.Transient.class);
            assertThat(fault.fault().code()).isEqualTo("Unreachable");
            assertThat(fault.fault().sentence())
                    .contains("http://127.0.0.1:" + port)
                    .doesNotContain(TOKEN);
            assertThat(faultOf(() -> transport.open(Request.get("/x"))).fault().code())
                    .isEqualTo("Unreachable");
        }
    }

    @Test
    void anAnswerThatBreaksOffIsATransientFault() throws IOException {
        api.on("/x", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            throw new IOException("expected by the test");
        });
        assertThat(faultOf(() -> transport().send(Request.get("/x"))).fault().code())
                .isEqualTo("Unreachable");
    }

    @Test
    void linesArriveOneByOneWhileTheServerStillWrites() throws IOException {
        var heard = new CountDownLatch(1);
        api.on("/watch", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                out.write("one\r\ntwo\nthr".getBytes(StandardCharsets.UTF_8));
                out.flush();
                await(heard);
                out.write("ee\n\nrest".getBytes(StandardCharsets.UTF_8));
            }
        });
        try (var stream = transport().open(Request.get("/watch?watch=true&timeoutSeconds=240"))) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(text(stream.nextLine())).isEqualTo("one");
            assertThat(text(stream.nextLine())).isEqualTo("two");
            heard.countDown();
            assertThat(text(stream.nextLine())).isEqualTo("three");
            assertThat(text(stream.nextLine())).isEmpty();
            assertThat(text(stream.nextLine())).isEqualTo("rest");
            assertThat(stream.nextLine()).isNull();
            assertThat(stream.nextLine()).isNull();
        }
    }

    @Test
    void aRefusedStreamTellsItsStatusAndItsBody() throws IOException {
        api.on("/watch", exchange -> HttpApi.say(exchange, 410, "{\"kind\":\"Status\"}"));
        try (var stream = transport().open(Request.get("/watch"))) {
            assertThat(stream.status()).isEqualTo(410);
            assertThat(text(stream.nextLine())).isEqualTo("{\"kind\":\"Status\"}");
        }
    }

    @Test
    void aStreamThatBreaksIsATransientFault() throws IOException {
        api.on("/watch", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("one\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("expected by the test");
        });
        try (var stream = transport().open(Request.get("/watch"))) {
            assertThat(text(stream.nextLine())).isEqualTo("one");
            assertThat(faultOf(stream::nextLine).fault().code()).isEqualTo("Unreachable");
        }
    }

    @Test
    void closingAStreamEndsTheWaitOfItsReader() throws Exception {
        endsTheWait(ApiTransport.Stream::close);
    }

    @Test
    void closingTheTransportEndsTheWaitOfEveryReader() throws Exception {
        endsTheWait(_ -> close(opened));
    }

    private static void close(@Nullable ApiTransport transport) {
        if (transport != null) transport.close();
    }

    private void endsTheWait(java.util.function.Consumer<ApiTransport.Stream> closing) throws Exception {
        var end = new CountDownLatch(1);
        api.on("/watch", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("one\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(end);
        });
        var stream = transport().open(Request.get("/watch"));
        assertThat(text(stream.nextLine())).isEqualTo("one");
        var reading = new FutureTask<>(() -> text(stream.nextLine()));
        Thread.startVirtualThread(reading);
        closing.accept(stream);
        assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo("(end)");
        end.countDown();
    }

    @Test
    void anInterruptEndsTheWaitOfAReader() throws Exception {
        var end = new CountDownLatch(1);
        api.on("/watch", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            await(end);
        });
        var stream = transport().open(Request.get("/watch"));
        var reading = new FutureTask<>(() -> faultOf(stream::nextLine).fault().code());
        var thread = Thread.startVirtualThread(reading);
        thread.interrupt();
        assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo("Unreachable");
        end.countDown();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) throw new IOException("the test is gone");
        } catch (InterruptedException _) {
            throw new IOException("the test ended");
        }
    }
}
