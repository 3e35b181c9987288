package dev.holdfast.cluster;

import static dev.holdfast.cluster.ClusterCase.CONFIG_MAPS;
import static dev.holdfast.cluster.ClusterCase.DEPLOYMENTS;
import static dev.holdfast.cluster.ClusterCase.NAMESPACES;
import static dev.holdfast.cluster.ClusterCase.faultOf;
import static dev.holdfast.cluster.ClusterCase.json;
import static dev.holdfast.cluster.ScriptedTransport.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Apply;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Conflicts;
import dev.holdfast.port.Cluster.Delete;
import dev.holdfast.port.Cluster.Effect;
import dev.holdfast.port.Cluster.Patch;
import dev.holdfast.port.Cluster.Propagation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private static final Address WEB = Address.of(DEPLOYMENTS, "team-a", "web");
    private static final Mapping BODY = json("{\"kind\":\"Deployment\",\"spec\":{\"replicas\":null}}");

    private final ClusterCase test = new ClusterCase();

    private String bodySent() {
        var body = test.api.requests.getLast().body();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }

    private Optional<String> headerSent(String name) {
        return test.api.requests.getLast().header(name);
    }

    @Test
    void anApplyIsAPatchWithTheBodyAsItIs() {
        test.api.on(
                "PATCH /apis/apps/v1/namespaces/team-a/deployments/web?fieldManager=holdfast-1&force=false",
                200,
                "{\"kind\":\"Deployment\"}");
        test.run(cluster -> {
            var answer = cluster.apply(new Apply(WEB, BODY, "holdfast-1", Conflicts.REFUSE, Effect.WRITE), Caller.SELF);
            assertThat(answer).isEqualTo(new Answer.Done(200, json("{\"kind\":\"Deployment\"}"), List.of()));
        });
        assertThat(bodySent()).isEqualTo("{\"kind\":\"Deployment\",\"spec\":{\"replicas\":null}}");
        assertThat(headerSent("Content-Type")).contains("application/apply-patch+yaml");
        assertThat(headerSent("Impersonate-User")).isEmpty();
    }

    @Test
    void aForcedDryRunAsAServiceAccountSaysSo() {
        test.api.on(
                "PATCH /apis/apps/v1/namespaces/team-a/deployments/web?fieldManager=m&force=true&dryRun=All",
                200,
                "{}");
        test.run(cluster -> cluster.apply(
                new Apply(WEB, BODY, "m", Conflicts.FORCE, Effect.DRY_RUN),
                new Caller.ServiceAccount("team-a", "deployer")));
        assertThat(headerSent("Impersonate-User")).contains("system:serviceaccount:team-a:deployer");
    }

    @Test
    void aDeleteCarriesItsPreconditionsAndHowItSpreads() {
        test.api.on("DELETE /api/v1/namespaces/team-a", 200, "{\"kind\":\"Status\"}");
        test.run(cluster -> cluster.delete(
                new Delete(Address.of(NAMESPACES, "", "team-a"), "u-1", Optional.of("7"), Propagation.FOREGROUND),
                Caller.SELF));
        assertThat(json(bodySent()))
                .isEqualTo(
                        json("{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"propagationPolicy\":\"Foreground\","
                                + "\"preconditions\":{\"uid\":\"u-1\",\"resourceVersion\":\"7\"}}"));
    }

    @Test
    void createReplaceAndPatchGoWhereTheyBelong() {
        var map = Address.of(CONFIG_MAPS, "a", "b");
        test.api
                .on("POST /api/v1/namespaces/a/configmaps?fieldManager=m", 201, "{}")
                .on("PUT /api/v1/namespaces/a/configmaps/b?fieldManager=m", 200, "{}")
                .on("PATCH /api/v1/namespaces/a/configmaps/b/status?fieldManager=m", 200, "{}");
        test.run(cluster -> {
            var merge = new Patch.Merge(BODY);
            var operations = new Patch.Json(List.of(json("{\"op\":\"remove\",\"path\":\"/a\"}")));
            assertThat(cluster.create(map, BODY, "m", Caller.SELF)).isInstanceOf(Answer.Done.class);
            assertThat(cluster.replace(map, BODY, "m", Caller.SELF)).isInstanceOf(Answer.Done.class);
            assertThat(cluster.patch(map.sub("status"), merge, "m", Caller.SELF))
                    .isInstanceOf(Answer.Done.class);
            assertThat(headerSent("Content-Type")).contains("application/merge-patch+json");
            assertThat(cluster.patch(map.sub("status"), operations, "m", Caller.SELF))
                    .isInstanceOf(Answer.Done.class);
            assertThat(headerSent("Content-Type")).contains("application/json-patch+json");
            assertThat(bodySent()).isEqualTo("[{\"op\":\"remove\",\"path\":\"/a\"}]");
        });
    }

    @Test
    void aWriteThatBrokeIsNotRepeated() {
        test.api.on("POST /api/v1/namespaces/a/configmaps?fieldManager=m", new ScriptedTransport.Act.Break());
        test.run(cluster -> {
            var fault = faultOf(() -> cluster.create(Address.of(CONFIG_MAPS, "a", ""), BODY, "m", Caller.SELF));
            assertThat(fault.fault()).isInstanceOf(Fault.Transient.class);
        });
        assertThat(test.api.asked()).hasSize(1);
    }

    @Test
    void aWriteThatIsToldToWaitIsNotRepeatedEither() {
        test.api.on(
                "POST /api/v1/namespaces/a/configmaps?fieldManager=m",
                say(429, "slow down", new Header("Retry-After", "3")));
        test.run(cluster -> {
            var answer = cluster.create(Address.of(CONFIG_MAPS, "a", ""), BODY, "m", Caller.SELF);
            assertThat(answer).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
                assertThat(refused.status().code()).isEqualTo(429);
                assertThat(refused.status().retryAfterSeconds()).contains(3);
            });
        });
        assertThat(test.api.asked()).hasSize(1);
    }

    @Test
    void aReadThatIsToldToWaitIsRepeatedAfterThatTime() {
        test.api.on(
                "GET /api/v1/namespaces/a",
                say(429, "slow down", new Header("Retry-After", "3")),
                say(200, "{\"a\":1}"));
        var before = test.tasks.now();
        test.run(cluster -> assertThat(cluster.read(Address.of(NAMESPACES, "", "a"), Caller.SELF))
                .isEqualTo(new Answer.Done(200, json("{\"a\":1}"), List.of())));
        assertThat(test.tasks.now()).isBetween(before.plusSeconds(3), before.plusSeconds(4));
    }

    @Test
    void aReadThatIsToldToWaitForLongIsAnAnswer() {
        test.api.on("GET /api/v1/namespaces/a", say(429, "", new Header("Retry-After", "3600")));
        test.run(cluster -> assertThat(cluster.read(Address.of(NAMESPACES, "", "a"), Caller.SELF))
                .isInstanceOf(Answer.Refused.class));
        assertThat(test.api.asked()).hasSize(1);
    }

    @Test
    void aReadOnAConnectionThatTheServerHadClosedIsRepeatedOnce() {
        var gone = new ScriptedTransport.Act.Break();
        test.api.on("GET /api/v1/namespaces/a", gone, say(200, "{}")).on("GET /api/v1/namespaces/b", gone);
        test.run(cluster -> {
            assertThat(cluster.read(Address.of(NAMESPACES, "", "a"), Caller.SELF))
                    .isInstanceOf(Answer.Done.class);
            var fault = faultOf(() -> cluster.read(Address.of(NAMESPACES, "", "b"), Caller.SELF));
            assertThat(fault.fault().code()).isEqualTo("Unreachable");
        });
        assertThat(test.api.asked()).hasSize(4);
    }

    @Test
    void warningsAreRead() {
        test.api.on(
                "GET /api/v1/namespaces/a",
                say(
                        200,
                        "{}",
                        new Header("Warning", "299 - \"old, \\\"v1beta1\\\"\", 299 - \"two\""),
                        new Header("warning", "299 - \"three\" \"Sat, 01 Jan 2000 00:00:00 GMT\"")));
        test.run(cluster -> assertThat(cluster.read(Address.of(NAMESPACES, "", "a"), Caller.SELF))
                .isEqualTo(new Answer.Done(200, Mapping.EMPTY, List.of("old, \"v1beta1\"", "two", "three"))));
    }

    @Test
    void namesAreEncodedAndCannotLeaveTheirPlace() {
        var roles = ClusterCase.resource(
                "rbac.authorization.k8s.io/v1",
                "ClusterRole",
                "clusterroles",
                dev.holdfast.model.Discovery.Scope.CLUSTER);
        assertThat(Targets.object(Address.of(roles, "", "system:a b?c#d/é%")))
                .isEqualTo("/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Aa%20b%3Fc%23d%2F%C3%A9%25");
        for (var name : List.of("..", ".", "")) {
            assertThat(faultOf(() -> Targets.object(Address.of(roles, "", name)))
                            .fault())
                    .isInstanceOf(Fault.Terminal.class);
        }
        assertThat(faultOf(() -> Targets.object(Address.of(CONFIG_MAPS, "..", "a")))
                        .fault()
                        .code())
                .isEqualTo("InvalidName");
        assertThat(faultOf(() -> Targets.object(Address.of(CONFIG_MAPS, "", "a")))
                        .fault()
                        .code())
                .isEqualTo("InvalidAddress");
    }

    @Test
    void openApiDocumentsAreReadAgainOnlyWhenTheirHashChanges() {
        var index = "{\"paths\":{\"apis/apps/v1\":{\"serverRelativeURL\":\"/openapi/v3/apis/apps/v1?hash=%s\"}}}";
        test.api
                .on(
                        "GET /openapi/v3",
                        say(200, index.formatted("A")),
                        say(200, index.formatted("A")),
                        say(200, index.formatted("B")))
                .on("GET /openapi/v3/apis/apps/v1?hash=A", 200, "{\"a\":1}")
                .on("GET /openapi/v3/apis/apps/v1?hash=B", 200, "{\"b\":1}");
        test.run(cluster -> {
            assertThat(cluster.openApi("apps/v1")).contains(json("{\"a\":1}"));
            assertThat(cluster.openApi("apps/v1")).contains(json("{\"a\":1}"));
            assertThat(cluster.openApi("apps/v1")).contains(json("{\"b\":1}"));
            assertThat(cluster.openApi("v1")).isEmpty();
        });
        assertThat(test.api.asked()).filteredOn(line -> line.contains("hash=A")).hasSize(1);
    }

    @Test
    void anOpenApiIndexCannotSendUsElsewhere() {
        test.api.on(
                "GET /openapi/v3", 200, "{\"paths\":{\"api/v1\":{\"serverRelativeURL\":\"https://example.com/x\"}}}");
        test.run(cluster -> assertThat(cluster.openApi("v1")).isEmpty());
    }
}
