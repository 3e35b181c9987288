package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bench.CountingProxy.RequestKind;
import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.light.LightTransport;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.port.ApiTransport.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountingProxyTest {

    private static final List<Header> JSON = List.of(new Header("Content-Type", "application/json"));

    /// Says back what it was asked.
    private static final class Echo implements ApiTransport {

        @Override
        public Reply send(Request request) {
            var body = request.body() == null ? "" : new String(request.body(), StandardCharsets.UTF_8);
            var text = request + " " + request.header("Content-Type").orElse("-") + " " + body;
            return new Reply(request.method().equals("POST") ? 201 : 200, JSON, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Stream open(Request request) {
            var lines = List.of("one", "two").iterator();
            return new Stream() {
                @Override
                public int status() {
                    return 200;
                }

                @Override
                public List<Header> headers() {
                    return JSON;
                }

                @Override
                public byte @Nullable [] nextLine() {
                    return lines.hasNext() ? lines.next().getBytes(StandardCharsets.UTF_8) : null;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void passesEverythingOnAndCountsIt(@TempDir Path folder) {
        try (var proxy = CountingProxy.before(new Echo());
                var client = new LightTransport(Kubeconfig.load(List.of(proxy.kubeconfig(folder)), ""))) {
            var maps = "/api/v1/namespaces/a/configmaps";
            assertThat(text(client.send(Request.get(maps + "/x?pretty=a%20b")).body()))
                    .startsWith("GET " + maps + "/x?pretty=a%20b ");
            var made = client.send(new Request("POST", maps, JSON, "{}".getBytes(StandardCharsets.UTF_8)));
            assertThat(made.status()).isEqualTo(201);
            assertThat(text(made.body())).endsWith("application/json {}");
            try (var watch = client.open(Request.get(maps + "?watch=true"))) {
                assertThat(text(watch.nextLine())).isEqualTo("one");
                assertThat(text(watch.nextLine())).isEqualTo("two");
                assertThat(watch.nextLine()).isNull();
            }
            assertThat(proxy.byKind())
                    .isEqualTo(Map.of("get configmaps", 1L, "create configmaps", 1L, "watch configmaps", 1L));
            proxy.reset();
            assertThat(proxy.byKind()).isEmpty();
        }
    }

    @Test
    void requestsAreNamedAsTheSandboxNamesThem() {
        var apply = List.of(new Header("Content-Type", "application/apply-patch+yaml"));
        var merge = List.of(new Header("Content-Type", "application/merge-patch+json"));
        assertThat(List.of(
                        kind("GET", "/api/v1/configmaps", List.of()),
                        kind("GET", "/api/v1/namespaces", List.of()),
                        kind("GET", "/api/v1/namespaces/a", List.of()),
                        kind("PUT", "/api/v1/namespaces/a/finalize", List.of()),
                        kind("PATCH", "/apis/apps/v1/namespaces/a/deployments/x?fieldManager=m", apply),
                        kind("PATCH", "/apis/holdfast.dev/v1alpha1/namespaces/a/holdfastapps/x/status", merge),
                        kind("DELETE", "/apis/apps/v1/namespaces/a/deployments/x", List.of()),
                        kind("GET", "/apis/apps/v1/deployments?watch=1&resourceVersion=7", List.of()),
                        kind("GET", "/openapi/v3/apis/apps/v1?hash=1", List.of()),
                        kind("GET", "/apis/apps/v1", List.of())))
                .containsExactly(
                        "list configmaps",
                        "list namespaces",
                        "get namespaces",
                        "update namespaces/finalize",
                        "apply deployments.apps",
                        "patch holdfastapps.holdfast.dev/status",
                        "delete deployments.apps",
                        "watch deployments.apps",
                        "get /openapi/v3/apis/apps/v1",
                        "get /apis/apps/v1");
    }

    private static String kind(String method, String target, List<Header> headers) {
        return RequestKind.of(new Request(method, target, headers, null)).words();
    }
}
