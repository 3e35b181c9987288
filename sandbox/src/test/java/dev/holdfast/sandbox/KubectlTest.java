package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Days' work with kubectl.
@Tag("slow")
class KubectlTest {

    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: c, image: "nginx:1"}]}
            """;

    @TempDir
    Path folder;

    private Kubectl kubectl;

    @BeforeEach
    void open() throws IOException {
        kubectl = new Kubectl(folder);
    }

    @AfterEach
    void close() {
        if (kubectl != null) kubectl.close();
    }

    private String web() {
        return kubectl.file("web.yaml", WEB);
    }

    @Test
    void objectsAreAppliedComparedAndChanged() {
        var file = web();
        assertThat(kubectl.run("diff -f " + file).code()).isEqualTo(1);
        assertThat(kubectl.works("apply -f " + file)).contains("deployment.apps/web created");
        assertThat(kubectl.works("apply -f " + file)).contains("deployment.apps/web unchanged");
        kubectl.works("rollout status deploy/web --timeout=60s");
        assertThat(kubectl.works("get deploy web")).contains("2/2");
        kubectl.works("diff -f " + file);
        assertThat(kubectl.works("scale deploy/web --replicas=1")).contains("scaled");
        assertThat(kubectl.run("diff -f " + file).code()).isEqualTo(1);
        assertThat(kubectl.works("apply --server-side --force-conflicts -f " + file))
                .contains("serverside-applied");
        assertThat(kubectl.works("get deploy web -o jsonpath={.spec.replicas}")).isEqualTo("2");
        assertThat(kubectl.works("label deploy/web tier=front")).contains("labeled");
        assertThat(kubectl.fails("label deploy/web tier=back")).contains("--overwrite is false");
        assertThat(kubectl.works("annotate deploy/web note=yes")).contains("annotated");
        kubectl.works("patch deploy/web -p {\"spec\":{\"minReadySeconds\":0}}");
        kubectl.works("patch deploy/web --type=merge -p {\"spec\":{\"minReadySeconds\":1}}");
        kubectl.works("patch deploy/web --type=json -p [{\"op\":\"remove\",\"path\":\"/spec/minReadySeconds\"}]");
        kubectl.works("set image deploy/web c=nginx:2");
        kubectl.works("wait --for=condition=Available deploy/web --timeout=60s");
        assertThat(kubectl.works("get pods -l app=web -o name")).contains("pod/web-");
        assertThat(kubectl.works("get deploy -w --request-timeout=2s")).contains("web");
        assertThat(kubectl.works("get all")).contains("deployment.apps/web", "replicaset.apps/web-");
        assertThat(kubectl.fails("apply -f " + kubectl.file("bad.yaml", WEB.replace("replicas", "replicsa"))))
                .contains("unknown field \"spec.replicsa\"");
    }

    /// kubectl checks lists by the OpenAPI 2 document, which it reads as protobuf only.
    @Test
    void listsAreCheckedAndCreated() {
        var list = """
                {"apiVersion": "v1", "kind": "List", "items": [
                  {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "one"}, "data": {"a": "b"}},
                  {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "two"},
                   "spec": {"ports": [{"port": 80}], "selector": {"a": "b"}}}]}
                """;
        assertThat(kubectl.works("create -f " + kubectl.file("list.json", list)))
                .contains("configmap/one created", "service/two created");
        assertThat(kubectl.fails("apply -f " + kubectl.file("bad.json", list.replace("port\"", "prot\""))))
                .contains("unknown field \"prot\"");
    }

    @Test
    void applyMovesToTheServerAndBack() {
        var settings = """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {a: "%s"}
                """;
        var first = kubectl.file("first.yaml", settings.formatted("1"));
        var second = kubectl.file("second.yaml", settings.formatted("2"));
        kubectl.works("apply -f " + first);
        assertThat(kubectl.fails("apply --server-side --field-manager=mine -f " + second))
                .contains("conflict");
        kubectl.works("apply --server-side -f " + second);
        assertThat(kubectl.works("apply view-last-applied configmap/settings")).contains("a: \"2\"");
        assertThat(kubectl.works("apply -f " + first)).contains("configured");
    }

    @Test
    void requestsForCertificatesAreApproved() {
        var request = """
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata: {name: mine}
                spec: {signerName: example.org/nobody, usages: [client auth], request: bm90aGluZw==}
                """;
        kubectl.works("create -f " + kubectl.file("csr.yaml", request));
        assertThat(kubectl.works("get csr mine")).contains("SIGNERNAME", "kubernetes-admin", "Pending");
        assertThat(kubectl.works("certificate approve mine")).contains("approved");
        assertThat(kubectl.works("get csr mine")).contains("Approved");
    }

    @Test
    void rolloutsAreFollowedUndoneAndRestarted() {
        kubectl.works("apply -f " + web());
        kubectl.works("rollout status deploy/web --timeout=60s");
        kubectl.works("set image deploy/web c=nginx:2");
        kubectl.works("rollout status deploy/web --timeout=60s");
        assertThat(kubectl.works("rollout history deploy/web")).contains("1 ", "2 ");
        assertThat(kubectl.works("rollout undo deploy/web")).contains("rolled back");
        kubectl.works("rollout status deploy/web --timeout=60s");
        assertThat(kubectl.works("get deploy web -o jsonpath={.spec.template.spec.containers[0].image}"))
                .isEqualTo("nginx:1");
        assertThat(kubectl.works("rollout history deploy/web"))
                .contains("2 ", "3 ")
                .doesNotContain("1  ");
        assertThat(kubectl.works("rollout restart deploy/web")).contains("restarted");
        kubectl.works("rollout status deploy/web --timeout=60s");
        assertThat(kubectl.works("rollout pause deploy/web")).contains("paused");
        assertThat(kubectl.works("rollout resume deploy/web")).contains("resumed");
        kubectl.works("set image deploy/web c=nginx:fail-pull");
        assertThat(kubectl.fails("rollout status deploy/web --timeout=2s")).contains("timed out");
        assertThat(kubectl.works("get pods")).containsAnyOf("ErrImagePull", "ImagePullBackOff");
    }

    @Test
    void statefulSetsAndDaemonSetsRollBackToo() {
        for (var kind : new String[] {"StatefulSet", "DaemonSet"}) {
            var more = kind.equals("StatefulSet") ? "replicas: 1, serviceName: s, " : "";
            var text = """
                    apiVersion: apps/v1
                    kind: %s
                    metadata: {name: it}
                    spec: {%sselector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: "x:1"}]}}}
                    """.formatted(kind, more);
            var name = kind + "/it";
            kubectl.works("apply -f " + kubectl.file(kind + ".yaml", text));
            kubectl.works("rollout status " + name + " --timeout=60s");
            kubectl.works("set image " + name + " c=x:2");
            kubectl.works("rollout status " + name + " --timeout=60s");
            kubectl.works("rollout undo " + name);
            kubectl.works("rollout status " + name + " --timeout=60s");
            assertThat(kubectl.works("get " + name + " -o jsonpath={.spec.template.spec.containers[0].image}"))
                    .isEqualTo("x:1");
        }
    }

    @Test
    void thingsAreExplainedAndDescribed() {
        assertThat(kubectl.works("explain deployment.spec.replicas")).contains("integer");
        assertThat(kubectl.works("explain pods --recursive")).contains("containers");
        assertThat(kubectl.works("api-resources")).contains("deployments", "configmaps", "customresourcedefinitions");
        assertThat(kubectl.works("api-versions")).contains("apps/v1");
        assertThat(kubectl.works("version")).contains("Server Version");
        kubectl.works("apply -f " + web());
        kubectl.works("expose deploy/web --port=80");
        kubectl.works("rollout status deploy/web --timeout=60s");
        assertThat(kubectl.works("describe deploy web"))
                .contains("2 desired | 2 updated | 2 total | 2 available | 0 unavailable", "ScalingReplicaSet");
        assertThat(kubectl.works("describe pods")).contains("Scheduled", "Successfully assigned");
        assertThat(kubectl.works("describe service web"))
                .contains("Endpoints:")
                .doesNotContain("Endpoints:                <none>");
        assertThat(kubectl.works("describe nodes")).contains("sandbox-node");
        assertThat(kubectl.works("events")).contains("SuccessfulCreate");
        assertThat(kubectl.works("get endpointslices")).contains("web-");
    }

    @Test
    void deletionsCascadeAsAsked() {
        kubectl.works("apply -f " + web());
        kubectl.works("rollout status deploy/web --timeout=60s");
        assertThat(kubectl.works("delete deploy web --cascade=orphan --timeout=60s"))
                .contains("deleted");
        assertThat(kubectl.works("get rs -o name")).contains("replicaset.apps/web-");
        kubectl.works("apply -f " + web());
        kubectl.works("rollout status deploy/web --timeout=60s");
        assertThat(kubectl.works("get rs -o name").lines()).hasSize(1);
        kubectl.works("delete deploy web --cascade=foreground --timeout=60s");
        assertThat(kubectl.works("get rs -o name")).isEmpty();
        assertThat(kubectl.works("get pods -o name")).isEmpty();
        kubectl.works("apply -f " + web());
        kubectl.works("delete -f " + web() + " --timeout=60s");
        kubectl.works("wait --for=delete rs -l app=web --timeout=60s");
        kubectl.works("create namespace team");
        kubectl.works("create configmap c --from-literal=a=b -n team");
        kubectl.works("delete namespace team --timeout=60s");
        assertThat(kubectl.fails("get configmap c -n team")).contains("NotFound");
        assertThat(kubectl.sandbox.log().count("delete", "deployments.apps")).isEqualTo(3);
    }

    @Test
    void rightsAreAskedForAndTokensMade() {
        assertThat(kubectl.works("auth can-i create pods")).contains("yes");
        assertThat(kubectl.fails("auth can-i get pods --as jane")).contains("no");
        assertThat(kubectl.works("auth can-i --list")).contains("*.*");
        assertThat(kubectl.works("auth whoami")).contains("system:masters");
        kubectl.works("create serviceaccount robot");
        var token = kubectl.works("create token robot").strip();
        kubectl.works("create rolebinding robot --clusterrole=view --serviceaccount=default:robot");
        assertThat(kubectl.works("get configmaps --as=system:serviceaccount:default:robot"))
                .contains("kube-root-ca.crt");
        assertThat(kubectl.fails("get secrets --as=system:serviceaccount:default:robot"))
                .contains("Forbidden");
        assertThat(token).isNotBlank();
    }

    @Test
    void kustomizationsAndDefinitionsAreApplied() {
        kubectl.file("kust/web.yaml", WEB);
        var file = kubectl.file("kust/kustomization.yaml", "namePrefix: my-\nresources: [web.yaml]\n");
        var place = Path.of(file).getParent();
        assertThat(kubectl.works("apply -k " + place)).contains("deployment.apps/my-web created");
        kubectl.works("delete -k " + place + " --timeout=60s");
        kubectl.works("apply -f " + kubectl.file("crd.yaml", """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: boats.example.org}
                spec:
                  group: example.org
                  scope: Namespaced
                  names: {plural: boats, singular: boat, kind: Boat, shortNames: [bt]}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    additionalPrinterColumns: [{name: Oars, type: integer, jsonPath: .spec.oars}]
                    schema:
                      openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {oars: {type: integer}}}}}
                """));
        kubectl.works("wait --for=condition=Established crd/boats.example.org --timeout=60s");
        var boat = "apiVersion: example.org/v1\nkind: Boat\nmetadata: {name: b}\nspec: {oars: 4}\n";
        assertThat(kubectl.works("apply -f " + kubectl.file("boat.yaml", boat))).contains("boat.example.org/b created");
        assertThat(kubectl.works("apply -f " + kubectl.file("boat.yaml", boat.replace("4", "5"))))
                .contains("configured");
        assertThat(kubectl.works("get bt")).contains("OARS", "5");
        assertThat(kubectl.works("explain boat.spec")).contains("oars");
        kubectl.works("delete crd boats.example.org --timeout=60s");
    }

    @Test
    void whatTheSandboxCannotDoIsSaidProperly() {
        kubectl.works("run p --image=x:1");
        kubectl.works("wait --for=condition=Ready pod/p --timeout=60s");
        assertThat(kubectl.works("logs p")).isNotBlank();
        assertThat(kubectl.fails("exec p -- ls")).isNotBlank().doesNotContain("panic");
        assertThat(kubectl.fails("port-forward pod/p 0:80")).isNotBlank().doesNotContain("panic");
        assertThat(kubectl.fails("get --raw /api/v1/namespaces/default/pods/p/proxy/"))
                .isNotBlank();
        assertThat(kubectl.fails("top pods")).contains("Metrics API not available");
    }
}
