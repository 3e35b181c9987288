package dev.holdfast.cluster;

import static dev.holdfast.cluster.ClusterCase.faultOf;
import static dev.holdfast.cluster.ScriptedTransport.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Discovery;
import dev.holdfast.model.Fault;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Gvk;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.testkit.SharedCases;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DiscoveryReaderTest {

    private static final String NO_GROUPS = "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[]}";

    private final ClusterCase test = new ClusterCase();

    private Discovery discover() {
        var found = new AtomicReference<>(Discovery.EMPTY);
        test.run(cluster -> found.set(cluster.discover()));
        return found.get();
    }

    private static String recorded(String file) throws IOException {
        return Files.readString(SharedCases.find("recordings/kubernetes-1.34/" + file));
    }

    private static String group(String name, String freshness) {
        return ("{\"metadata\":{\"name\":\"%s\"},\"versions\":[{\"version\":\"v2\",\"freshness\":\"%s\",\"resources\":["
                        + "{\"resource\":\"widgets\",\"scope\":\"Namespaced\",\"verbs\":[\"get\",\"list\"],"
                        + "\"responseKind\":{\"group\":\"\",\"version\":\"\",\"kind\":\"Widget\"},"
                        + "\"subresources\":[{\"subresource\":\"status\"}]},"
                        + "{\"resource\":\"foreign\",\"responseKind\":{\"group\":\"other\",\"version\":\"v1\",\"kind\":\"Odd\"}}]},"
                        + "{\"version\":\"v1\",\"freshness\":\"Current\",\"resources\":["
                        + "{\"resource\":\"widgets\",\"scope\":\"Namespaced\",\"verbs\":[\"get\"],"
                        + "\"responseKind\":{\"group\":\"%s\",\"version\":\"v1\",\"kind\":\"Widget\"}}]}]}")
                .formatted(name, freshness, name);
    }

    private static String aggregated(String... groups) {
        return "{\"kind\":\"APIGroupDiscoveryList\",\"items\":[" + String.join(",", groups) + "]}";
    }

    @Test
    void aRealServersAnswerIsReadInTwoRequests() throws IOException {
        test.api
                .on("GET /api", 200, recorded("api-aggregated-v2.json"))
                .on("GET /apis", 200, recorded("apis-aggregated-v2.json"));
        var discovery = discover();
        assertThat(test.api.asked()).containsExactly("GET /api", "GET /apis");
        assertThat(discovery.failedGroups()).isEmpty();
        var deployment = discovery.find(Gvk.of("apps/v1", "Deployment")).orElseThrow();
        assertThat(deployment.plural()).isEqualTo("deployments");
        assertThat(deployment.namespaced()).isTrue();
        assertThat(deployment.verbs()).contains("patch", "watch");
        assertThat(deployment.subresources()).containsExactly("scale", "status");
        assertThat(discovery.find(Gvk.of("v1", "Namespace")).orElseThrow().namespaced())
                .isFalse();
        assertThat(discovery
                        .preferred(new GroupKind("autoscaling", "HorizontalPodAutoscaler"))
                        .orElseThrow()
                        .gvk())
                .isEqualTo(Gvk.of("autoscaling/v2", "HorizontalPodAutoscaler"));
    }

    @Test
    void versionsKeepTheServersOrder() {
        test.api.on("GET /api", 200, NO_GROUPS).on("GET /apis", 200, aggregated(group("example.org", "Current")));
        var discovery = discover();
        assertThat(discovery.resources().get(new GroupKind("example.org", "Widget")))
                .extracting(resource -> resource.gvk().version())
                .containsExactly("v2", "v1");
        assertThat(discovery.find(Gvk.of("example.org/v2", "Odd"))).isEmpty();
    }

    @Test
    void aGroupWhoseServerDoesNotAnswerIsNamed() {
        test.api
                .on("GET /api", 200, NO_GROUPS)
                .on(
                        "GET /apis",
                        200,
                        aggregated(
                                group("example.org", "Current"),
                                group("stale.example.org", "Stale"),
                                "{\"metadata\":{\"name\":\"empty.example.org\"}}"));
        var discovery = discover();
        assertThat(discovery.failedGroups()).containsExactly("empty.example.org", "stale.example.org");
        assertThat(discovery.complete("example.org")).isTrue();
        assertThat(discovery.find(Gvk.of("stale.example.org/v1", "Widget"))).isPresent();
    }

    @Test
    void anUnchangedAnswerIsNotSentAgain() {
        test.api
                .on("GET /api", 200, NO_GROUPS)
                .on(
                        "GET /apis",
                        say(200, aggregated(group("example.org", "Current")), new Header("etag", "\"x\"")),
                        say(304, ""));
        assertThat(discover()).isEqualTo(discover());
        assertThat(test.api.requests.getLast().header("If-None-Match")).contains("\"x\"");
    }

    @Test
    void anOldServerIsAskedPerGroupVersion() {
        test.api
                .on("GET /api", 200, "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}")
                .on(
                        "GET /api/v1",
                        200,
                        "{\"kind\":\"APIResourceList\",\"resources\":[{\"name\":\"pods\",\"namespaced\":true,\"kind\":\"Pod\","
                                + "\"verbs\":[\"get\"]},{\"name\":\"pods/status\",\"namespaced\":true,\"kind\":\"Pod\","
                                + "\"verbs\":[\"get\"]}]}")
                .on(
                        "GET /apis",
                        200,
                        "{\"kind\":\"APIGroupList\",\"groups\":[{\"name\":\"a.io\",\"versions\":[{\"version\":\"v1\"},"
                                + "{\"version\":\"v2\"}],\"preferredVersion\":{\"version\":\"v2\"}},"
                                + "{\"name\":\"metrics.k8s.io\",\"versions\":[{\"version\":\"v1beta1\"}]},"
                                + "{\"name\":\"broken.io\",\"versions\":[{\"version\":\"v1\"}]}]}")
                .on("GET /apis/a.io/v1", 200, "{\"resources\":[{\"name\":\"as\",\"kind\":\"A\",\"verbs\":[\"get\"]}]}")
                .on("GET /apis/a.io/v2", 200, "{\"resources\":[{\"name\":\"as\",\"kind\":\"A\",\"verbs\":[\"get\"]}]}")
                .on("GET /apis/metrics.k8s.io/v1beta1", 503, "service unavailable")
                .on("GET /apis/broken.io/v1", new ScriptedTransport.Act.Break());
        var discovery = discover();
        assertThat(discovery.failedGroups()).containsExactly("broken.io", "metrics.k8s.io");
        assertThat(discovery.find(Gvk.of("v1", "Pod")).orElseThrow().subresources())
                .containsExactly("status");
        assertThat(discovery
                        .preferred(new GroupKind("a.io", "A"))
                        .orElseThrow()
                        .gvk()
                        .version())
                .isEqualTo("v2");
    }

    @Test
    void aServerThatDislikesTheMediaTypeIsAskedForPlainJson() {
        test.api
                .on("GET /api", say(406, ""), say(200, "{\"kind\":\"APIVersions\",\"versions\":[]}"))
                .on("GET /apis", 200, "{\"kind\":\"APIGroupList\",\"groups\":[]}");
        assertThat(discover()).isEqualTo(Discovery.EMPTY);
        assertThat(test.api.requests.get(1).header("Accept")).contains("application/json");
    }

    @Test
    void aServerInTroubleGivesAFaultAndNoEmptyDiscovery() {
        test.api.on("GET /api", 200, NO_GROUPS).on("GET /apis", 500, "etcd is gone");
        test.run(cluster -> assertThat(faultOf(cluster::discover).fault()).isInstanceOf(Fault.Transient.class));
    }

    @Test
    void anAnswerThatIsNoDiscoveryIsAFault() {
        test.api.on("GET /api", 200, "{\"hello\":\"world\"}");
        test.run(cluster ->
                assertThat(faultOf(cluster::discover).fault().sentence()).contains("is no list of API groups"));
    }
}
