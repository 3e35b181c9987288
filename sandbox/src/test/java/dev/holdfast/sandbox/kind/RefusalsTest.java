package dev.holdfast.sandbox.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fields.MergePatch;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Changes to good objects, each with the one sentence that the server answers: as people meet them in the wild.
class RefusalsTest {

    private record Case(String apiVersion, String object, String patch, String expected) {}

    private static final String POD = "{'kind':'Pod','spec':{'containers':[{'name':'c','image':'i'}]}}";
    private static final String DEPLOYMENT =
            "{'kind':'Deployment','spec':{'selector':{'matchLabels':{'a':'b'}},'template':{"
                    + "'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}";
    private static final String JOB = "{'kind':'Job','spec':{'template':{'spec':{'restartPolicy':'Never','containers':["
            + "{'name':'c','image':'i'}]}}}}";
    private static final String SERVICE = "{'kind':'Service','spec':{'selector':{'a':'b'},'ports':[{'port':80}]}}";
    private static final String RULE =
            "{'kind':'Role','rules':[{'apiGroups':[''],'resources':['pods'],'verbs':['get']}]}";

    private static final String HPA = "{'kind':'HorizontalPodAutoscaler','spec':{'maxReplicas':3,"
            + "'scaleTargetRef':{'kind':'Deployment','name':'d'},"
            + "'metrics':[{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':50}}}]}}";
    private static final String API_SERVICE = "{'kind':'APIService','metadata':{'name':'v1.example.org'},'spec':{"
            + "'group':'example.org','version':'v1','groupPriorityMinimum':10,'versionPriority':10,"
            + "'service':{'namespace':'a','name':'b'}}}";
    private static final String POLICY = "{'kind':'NetworkPolicy','spec':{'podSelector':{}}}";
    private static final String INGRESS =
            "{'kind':'Ingress','spec':{'defaultBackend':{'service':{'name':'s','port':{'number':80}}}}}";
    private static final String VOLUME = "{'kind':'PersistentVolume','spec':{'accessModes':['ReadWriteOnce'],"
            + "'capacity':{'storage':'1Gi'},'hostPath':{'path':'/x'}}}";
    private static final String CRON =
            "{'kind':'CronJob','spec':{'schedule':'0 0 * * *','jobTemplate':{'spec':{'template':{'spec':{"
                    + "'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}}}}}";
    private static final String QUOTA = "{'kind':'ResourceQuota','spec':{'hard':{'pods':'1'}}}";

    /// Kinds whose rules the others leave out. Source: the API reference of each kind.
    private static final List<Case> MORE_CREATED = List.of(
            new Case(
                    "autoscaling/v2",
                    HPA,
                    "{'spec':{'metrics':[{'type':'Resource'}]}}",
                    "spec.metrics[0].resource: Required value: must populate information for the given metric source"),
            new Case(
                    "autoscaling/v2",
                    HPA,
                    "{'spec':{'metrics':[{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':0}}}]}}",
                    "spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must be greater than 0"),
            new Case(
                    "autoscaling/v2",
                    HPA,
                    "{'spec':{'metrics':[{'type':'Pods','pods':{'metric':{'name':'m'},'target':{'type':'AverageValue'}}}]}}",
                    "spec.metrics[0].pods.target.averageValue: Required value: must specify a positive target averageValue"),
            new Case(
                    "autoscaling/v2",
                    HPA,
                    "{'spec':{'behavior':{'scaleDown':{'stabilizationWindowSeconds':4000}}}}",
                    "spec.behavior.scaleDown.stabilizationWindowSeconds: Invalid value: 4000: must be less than or equal to 3600"),
            new Case(
                    "apiregistration.k8s.io/v1",
                    API_SERVICE,
                    "{'spec':{'groupPriorityMinimum':0}}",
                    "spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000"),
            new Case(
                    "apiregistration.k8s.io/v1",
                    API_SERVICE,
                    "{'metadata':{'name':'other'}}",
                    "metadata.name: Invalid value: \"other\": must be `spec.version+\".\"+spec.group`: \"v1.example.org\""),
            new Case(
                    "networking.k8s.io/v1",
                    POLICY,
                    "{'spec':{'ingress':[{'from':[{'ipBlock':{'cidr':'10.0.0.0/33'}}]}]}}",
                    "spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"10.0.0.0/33\": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"),
            new Case(
                    "networking.k8s.io/v1",
                    POLICY,
                    "{'spec':{'egress':[{'ports':[{'port':90,'endPort':80}]}]}}",
                    "spec.egress[0].ports[0].endPort: Invalid value: 80: must be greater than or equal to `port`"),
            new Case(
                    "networking.k8s.io/v1",
                    INGRESS,
                    "{'metadata':{'annotations':{'kubernetes.io/ingress.class':'a'}},'spec':{'ingressClassName':'b'}}",
                    "metadata.annotations[kubernetes.io/ingress.class]: Invalid value: \"a\": can not be set when the class field is also set"),
            new Case("v1", VOLUME, "{'spec':{'hostPath':null}}", "spec: Required value: must specify a volume type"),
            new Case(
                    "batch/v1",
                    CRON,
                    "{'spec':{'timeZone':'Mars/Phobos'}}",
                    "spec.timeZone: Invalid value: \"Mars/Phobos\": unknown time zone Mars/Phobos"),
            new Case(
                    "v1",
                    QUOTA,
                    "{'spec':{'scopes':['BestEffort','NotBestEffort']}}",
                    "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\"]: conflicting scopes"));

    private static final List<Case> CREATED = List.of(
            new Case(
                    "v1",
                    POD,
                    "{'metadata':{'name':''}}",
                    "metadata.name: Required value: name or generateName is required"),
            new Case(
                    "v1",
                    POD,
                    "{'metadata':{'labels':{'a':'-'}}}",
                    "metadata.labels: Invalid value: \"-\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"),
            new Case(
                    "v1",
                    POD,
                    "{'metadata':{'annotations':{'a/b/c':'b'}}}",
                    "metadata.annotations: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"),
            new Case("v1", POD, "{'spec':{'containers':[]}}", "spec.containers: Required value"),
            new Case("v1", POD, "{'spec':{'containers':[{'name':'c'}]}}", "spec.containers[0].image: Required value"),
            new Case(
                    "v1",
                    POD,
                    "{'spec':{'containers':[{'name':'c','image':'i'},{'name':'c','image':'i'}]}}",
                    "spec.containers[1].name: Duplicate value: \"c\""),
            new Case(
                    "v1",
                    POD,
                    "{'spec':{'restartPolicy':'Sometimes'}}",
                    "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\""),
            new Case(
                    "v1",
                    POD,
                    "{'spec':{'containers':[{'name':'c','image':'i','ports':[{'containerPort':70000}]}]}}",
                    "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive"),
            new Case(
                    "v1",
                    POD,
                    "{'spec':{'containers':[{'name':'c','image':'i','volumeMounts':[{'name':'v','mountPath':'/v'}]}]}}",
                    "spec.containers[0].volumeMounts[0].name: Not found: \"v\""),
            new Case(
                    "v1",
                    POD,
                    "{'spec':{'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}}}]}}",
                    "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1"),
            new Case(
                    "v1",
                    POD,
                    "{'spec':{'containers':[{'name':'c','image':'i','livenessProbe':{'periodSeconds':1}}]}}",
                    "spec.containers[0].livenessProbe: Required value: must specify a handler type"),
            new Case(
                    "apps/v1",
                    DEPLOYMENT,
                    "{'spec':{'replicas':-1}}",
                    "spec.replicas: Invalid value: -1: must be greater than or equal to 0"),
            new Case("apps/v1", DEPLOYMENT, "{'spec':{'selector':null}}", "spec.selector: Required value"),
            new Case(
                    "apps/v1",
                    DEPLOYMENT,
                    "{'spec':{'selector':{'matchLabels':{'a':'c'}}}}",
                    "spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`"),
            new Case(
                    "apps/v1",
                    DEPLOYMENT,
                    "{'spec':{'template':{'spec':{'restartPolicy':'Never'}}}}",
                    "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\""),
            new Case(
                    "apps/v1",
                    DEPLOYMENT,
                    "{'spec':{'strategy':{'rollingUpdate':{'maxSurge':0,'maxUnavailable':0}}}}",
                    "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0"),
            new Case(
                    "batch/v1",
                    JOB,
                    "{'spec':{'template':{'spec':{'restartPolicy':'Always'}}}}",
                    "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\""),
            new Case(
                    "v1",
                    SERVICE,
                    "{'metadata':{'name':'1s'}}",
                    "metadata.name: Invalid value: \"1s\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"),
            new Case("v1", SERVICE, "{'spec':{'ports':[]}}", "spec.ports: Required value"),
            new Case(
                    "v1",
                    SERVICE,
                    "{'spec':{'ports':[{'port':80,'name':'a'},{'port':81}]}}",
                    "spec.ports[1].name: Required value"),
            new Case(
                    "v1",
                    SERVICE,
                    "{'spec':{'type':'Other'}}",
                    "spec.type: Unsupported value: \"Other\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\""),
            new Case(
                    "v1",
                    "{'kind':'Secret','data':{'tls.crt':'YQ=='}}",
                    "{'type':'kubernetes.io/tls'}",
                    "data[tls.key]: Required value"),
            new Case(
                    "v1",
                    "{'kind':'PersistentVolumeClaim','spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}",
                    "{'spec':{'accessModes':[]}}",
                    "spec.accessModes: Required value: at least 1 access mode is required"),
            new Case(
                    "rbac.authorization.k8s.io/v1",
                    RULE,
                    "{'rules':[{'apiGroups':[''],'resources':['pods']}]}",
                    "rules[0].verbs: Required value: verbs must contain at least one value"),
            new Case(
                    "networking.k8s.io/v1",
                    "{'kind':'Ingress','spec':{'rules':[{'http':{'paths':[{'path':'/','pathType':'Prefix','backend':{'service':{'name':'s','port':{'number':80}}}}]}}]}}",
                    "{'spec':{'rules':[{'http':{'paths':[{'path':'/','backend':{'service':{'name':'s','port':{'number':80}}}}]}}]}}",
                    "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified"),
            new Case(
                    "autoscaling/v2",
                    "{'kind':'HorizontalPodAutoscaler','spec':{'maxReplicas':3,'scaleTargetRef':{'kind':'Deployment','name':'d'}}}",
                    "{'spec':{'minReplicas':4}}",
                    "spec.maxReplicas: Invalid value: 3: must be greater than or equal to `minReplicas`"));

    private static final List<Case> CHANGED = List.of(
            new Case(
                    "v1",
                    "{'kind':'ConfigMap','immutable':true,'data':{'a':'1'}}",
                    "{'data':{'a':'2'}}",
                    "data: Forbidden: field is immutable when `immutable` is set"),
            new Case(
                    "v1",
                    "{'kind':'Secret','data':{'a':'MQ=='}}",
                    "{'type':'other/type'}",
                    "type: Invalid value: \"other/type\": field is immutable"),
            new Case(
                    "v1",
                    SERVICE,
                    "{'spec':{'clusterIP':'10.0.0.9','clusterIPs':['10.0.0.9']}}",
                    "spec.clusterIPs[0]: Invalid value: [\"10.0.0.9\"]: may not change once set"),
            new Case(
                    "apps/v1",
                    DEPLOYMENT.replace("Deployment", "StatefulSet"),
                    "{'spec':{'serviceName':'other'}}",
                    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"),
            new Case(
                    "batch/v1",
                    JOB,
                    "{'spec':{'completions':5}}",
                    "spec.completions: Invalid value: 5: field is immutable"),
            new Case(
                    "rbac.authorization.k8s.io/v1",
                    "{'kind':'RoleBinding','roleRef':{'kind':'Role','name':'a'}}",
                    "{'roleRef':{'name':'b'}}",
                    "roleRef: Invalid value: {\"APIGroup\":\"rbac.authorization.k8s.io\",\"Kind\":\"Role\",\"Name\":\"b\"}: cannot change roleRef"),
            new Case(
                    "storage.k8s.io/v1",
                    "{'kind':'StorageClass','provisioner':'p'}",
                    "{'parameters':{'a':'b'}}",
                    "parameters: Forbidden: updates to parameters are forbidden."),
            new Case(
                    "scheduling.k8s.io/v1",
                    "{'kind':'PriorityClass','value':1}",
                    "{'value':2}",
                    "value: Forbidden: may not be changed in an update."),
            new Case(
                    "v1",
                    "{'kind':'PersistentVolumeClaim','spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}",
                    "{'spec':{'accessModes':['ReadOnlyMany']}}",
                    "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"),
            new Case(
                    "v1",
                    POD,
                    "{'metadata':{'resourceVersion':null}}",
                    "metadata.resourceVersion: Invalid value: \"\": must be specified for an update"));

    @TestFactory
    Stream<DynamicTest> refusesNewObjects() {
        return Stream.concat(CREATED.stream(), MORE_CREATED.stream())
                .map(each -> DynamicTest.dynamicTest(each.expected(), () -> {
                    var good = stored(each, Mapping.EMPTY);
                    assertThat(errors(good, Optional.empty())).isEmpty();
                    assertThat(errors(stored(each, json(each.patch())), Optional.empty()))
                            .containsExactly(each.expected());
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesChanges() {
        return CHANGED.stream()
                .map(each -> DynamicTest.dynamicTest(each.expected(), () -> {
                    var good = stored(each, Mapping.EMPTY);
                    assertThat(errors(good, Optional.of(good))).isEmpty();
                    var changed = stored(each, json(each.patch()));
                    assertThat(errors(changed, Optional.of(good)).stream().distinct())
                            .containsExactly(each.expected());
                }));
    }

    private static List<String> errors(Mapping object, Optional<Mapping> old) {
        return Validation.check(Recorded.gvk(object), object, old).stream()
                .map(FieldError::sentence)
                .toList();
    }

    /// Kinds whose names follow from what they are.
    private static Mapping named(Case each) {
        var named = json(each.object()).mapping("metadata");
        return named.isEmpty() ? Mapping.EMPTY : Mapping.of("metadata", named);
    }

    private static Mapping stored(Case each, Mapping patch) {
        var metadata = json("{'metadata':{'name':'o','namespace':'n','uid':'u','resourceVersion':'1'}}");
        var sent = json(each.object())
                .with("apiVersion", Value.of(each.apiVersion()))
                .with("metadata", metadata.mapping("metadata"));
        sent = MergePatch.apply(MergePatch.apply(sent, named(each)), patch);
        var gvk = Gvk.of(each.apiVersion(), sent.text("kind").orElse(""));
        return Defaults.of(gvk, sent, DefaultingContext.creating("u", FixedAllocator.of(Mapping.EMPTY)));
    }

    private static Mapping json(String text) {
        return Recorded.json(text.replace('\'', '"'));
    }
}
