package dev.holdfast.cluster.light;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.cluster.HttpApi;
import dev.holdfast.cluster.TransportContract;
import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LightTransportTest extends TransportContract {

    static Kubeconfig config(String server, String user) {
        return Kubeconfig.load("""
                current-context: c
                contexts: [{name: c, context: {cluster: k, user: u}}]
                clusters: [{name: k, cluster: {server: "%s"}}]
                users: [{name: u, user: %s}]
                """.formatted(server, user), "");
    }

    @Override
    protected ApiTransport open(String server) {
        return new LightTransport(config(server, "{token: " + TOKEN + "}"));
    }

    @Test
    void passwordsAndPathsOfTheServerAreUsed() {
        try (var api = HttpApi.plain();
                var transport = new LightTransport(config(api.address() + "/k8s/c1/", "{username: a, password: b}"))) {
            api.on("/k8s/c1/api", exchange -> HttpApi.say(exchange, 200, "{}"));
            assertThat(transport.send(Request.get("/api")).status()).isEqualTo(200);
            assertThat(api.asked.getFirst().header("Authorization")).isEqualTo("Basic YTpi");
        }
    }

    @Test
    void whatItCannotDoIsSaidAtOnce() {
        var fault = catchThrowableOfType(
                FaultException.class,
                () -> new LightTransport(config("https://h", "{exec: {command: aws, args: [eks]}}")));
        assertThat(fault.fault().code()).isEqualTo("KubeconfigUnsupported");
        assertThat(fault.fault().sentence()).contains("aws");
    }

    /// Answers every connection with these bytes and closes it.
    private static List<String> answersTo(String... answers) throws IOException {
        var codes = new ArrayList<String>();
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var left = new CopyOnWriteArrayList<>(answers);
            var serving = Thread.startVirtualThread(() -> serve(server, left));
            try (var transport = new LightTransport(config("http://127.0.0.1:" + server.getLocalPort(), "{}"))) {
                for (var _ : answers) {
                    try {
                        var reply = transport.send(Request.get("/x"));
                        codes.add(reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8));
                    } catch (FaultException failed) {
                        codes.add(failed.fault().code());
                    }
                }
            }
            serving.interrupt();
        }
        return codes;
    }

    private static void serve(ServerSocket server, List<String> answers) {
        while (!answers.isEmpty()) {
            try (var socket = server.accept()) {
                readHead(socket);
                socket.getOutputStream().write(answers.removeFirst().getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException _) {
                return;
            }
        }
    }

    @Test
    void answersInEveryFramingAreRead() throws IOException {
        assertThat(answersTo(
                        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end",
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                                + "3;ext=1\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
                        "HTTP/1.0 404 Not Found\n\nplain"))
                .containsExactly("200 to the end", "200 ok", "200 abc0123456789", "404 plain");
    }

    @Test
    void anEventIsHeardThoughTheEndOfItsChunkIsStillToCome() throws IOException {
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var transport = new LightTransport(config("http://127.0.0.1:" + server.getLocalPort(), "{}"))) {
            var heard = new CountDownLatch(1);
            Thread.startVirtualThread(() -> serveOneEvent(server, heard));
            try (var stream = transport.open(Request.get("/watch"))) {
                assertThat(stream.nextLine()).isEqualTo("event".getBytes(StandardCharsets.UTF_8));
                heard.countDown();
                assertThat(stream.nextLine()).isNull();
            }
        }
    }

    private static void serveOneEvent(ServerSocket server, CountDownLatch heard) {
        try (var socket = server.accept()) {
            readHead(socket);
            var out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nevent\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
            heard.await();
            out.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException | InterruptedException _) {
            // the test fails by what it hears
        }
    }

    private static void readHead(Socket socket) throws IOException {
        var in = socket.getInputStream();
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) head.append((char) in.read());
    }

    @Test
    void malformedAnswersAreFaultsAndNothingElse() throws IOException {
        var answers = new String[] {
            "SSH-2.0-OpenSSH\r\n\r\n",
            "HTTP/2 200\r\n\r\n",
            "",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\n\r\n",
        };
        assertThat(answersTo(answers)).hasSize(answers.length).containsOnly("Unreachable");
    }

    @Test
    void aKeptConnectionThatBreaksIsAFaultOnceAndThenReplaced() throws IOException {
        // these answers allow keeping the connection, which this server closes all the same
        var open = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        assertThat(answersTo(open, open, open))
                .startsWith("200 ok")
                .contains("Unreachable")
                .endsWith("200 ok");
    }
}
