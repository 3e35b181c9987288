package dev.holdfast.cluster.fabric8;

import dev.holdfast.cluster.Unreachable;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Secret;
import dev.holdfast.port.ApiTransport;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpHeaders;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Bytes to and from an API server, over the HTTP client that Fabric8 sets up from a kubeconfig or a pod's service
/// account: TLS, client certificates, tokens and their renewal, exec plugins, proxies. Fabric8's own retries are
/// off: a write must not be repeated behind the back of those who decide.
///
/// HTTP/1.1 with kept connections: over HTTP/2 the JDK's client has one connection per server, and fails hard
/// beyond the server's limit of streams, which many watches reach.
public final class Fabric8Transport implements ApiTransport {

    private static final long ANSWER_SECONDS = 60;
    private static final int LARGEST_ANSWER = 256 << 20;

    private final HttpClient client;
    private final String server;
    private final Set<Fabric8Stream> open = ConcurrentHashMap.newKeySet();

    private Fabric8Transport(Fabric8Configs.Setup setup) {
        this.server = setup.selected().server();
        this.client = Fabric8Configs.client(setup);
    }

    /// The named context of these kubeconfigs, or (empty) the current one. Exec plugins and files in it are used as
    /// kubectl uses them, so this is for a person's own files only.
    /// @throws FaultException terminal `InvalidKubeconfig`, `NoKubeconfig`
    public static Fabric8Transport fromKubeconfig(List<Path> files, String context) {
        return new Fabric8Transport(Fabric8Configs.fromFiles(files, context));
    }

    /// A kubeconfig out of a Secret, by anyone: what would run a program or read a file here is refused.
    /// @throws FaultException terminal `KubeconfigRefused`, `InvalidKubeconfig`
    public static Fabric8Transport fromForeignKubeconfig(Secret text, String context) {
        return new Fabric8Transport(Fabric8Configs.fromForeign(text, context));
    }

    /// The cluster in whose pod this runs. `account` is where the service account is mounted.
    /// @throws FaultException terminal `NotInCluster`
    public static Fabric8Transport inCluster(Map<String, String> environment, Path account) {
        return new Fabric8Transport(Fabric8Configs.inCluster(environment, account));
    }

    /// The server's address, for messages.
    public String server() {
        return server;
    }

    @Override
    public Reply send(Request request) {
        var inflow = new Inflow();
        try {
            var response = begin(request, inflow);
            inflow.start(response.body());
            return new Reply(response.code(), headers(response), collect(inflow));
        } catch (IOException broken) {
            inflow.cancel();
            throw unreachable(broken);
        } catch (InterruptedException _) {
            inflow.cancel();
            throw interrupted();
        }
    }

    private static byte[] collect(Inflow inflow) throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream(4096);
        while (true) {
            var buffers = inflow.next(ANSWER_SECONDS * 1000);
            if (buffers == null) return bytes.toByteArray();
            for (var buffer : buffers) {
                if (buffer.remaining() > LARGEST_ANSWER - bytes.size()) {
                    throw new IOException("the answer is larger than " + (LARGEST_ANSWER >> 20) + " MiB");
                }
                var chunk = new byte[buffer.remaining()];
                buffer.get(chunk);
                bytes.writeBytes(chunk);
            }
        }
    }

    @Override
    public Stream open(Request request) {
        var inflow = new Inflow();
        try {
            var response = begin(request, inflow);
            inflow.start(response.body());
            var stream = new Fabric8Stream(this, response.code(), headers(response), inflow, request.target());
            open.add(stream);
            return stream;
        } catch (IOException broken) {
            inflow.cancel();
            throw unreachable(broken);
        } catch (InterruptedException _) {
            inflow.cancel();
            throw interrupted();
        }
    }

    void forget(Fabric8Stream stream) {
        open.remove(stream);
    }

    /// Sends, and waits for the head of the answer.
    private HttpResponse<AsyncBody> begin(Request request, Inflow inflow) throws IOException, InterruptedException {
        var answer = client.consumeBytes(translated(request), inflow);
        try {
            return answer.get(ANSWER_SECONDS + 5, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw new IOException("no answer within " + ANSWER_SECONDS + " s");
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            throw interrupted;
        }
    }

    private HttpRequest translated(Request request) {
        var builder =
                client.newHttpRequestBuilder().uri(server + request.target()).timeout(ANSWER_SECONDS, TimeUnit.SECONDS);
        var type = request.header("Content-Type").orElse("application/json");
        var body = request.body();
        if (body != null) builder.method(request.method(), type, new String(body, StandardCharsets.UTF_8));
        else if (!request.method().equals("GET")) builder.method(request.method(), type, "");
        for (var header : request.headers()) {
            if (!header.name().equalsIgnoreCase("Content-Type")) builder.header(header.name(), header.value());
        }
        return builder.build();
    }

    private static List<Header> headers(HttpHeaders response) {
        var headers = new ArrayList<Header>();
        response.headers().forEach((name, values) -> values.forEach(value -> headers.add(new Header(name, value))));
        return headers;
    }

    FaultException unreachable(IOException cause) {
        return Unreachable.because(server, cause);
    }

    FaultException interrupted() {
        Thread.currentThread().interrupt();
        return Unreachable.because(server, new IOException("the request was cancelled"));
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(Fabric8Stream::close);
        client.close();
    }
}
