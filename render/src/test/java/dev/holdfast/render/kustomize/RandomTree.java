package dev.holdfast.render.kustomize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A made-up repository: one or two bases, a component, an overlay, with whatever Kustomize can do in them. The same
/// seed gives the same tree; the directory to build is `overlay`.
final class RandomTree {

    private static final List<String> NAMES = List.of("web", "api", "db");
    private static final List<String> SCALARS = List.of(
            "plain",
            "\"123\"",
            "'yes'",
            "on",
            "\"true\"",
            "\"1.10\"",
            "a b c",
            "\"a: b\"",
            "'it''s'",
            "\"# no\"",
            "\"line\\nline\"",
            "null-ish",
            "\"\"",
            "\"2001-01-01\"",
            "0x1F-not",
            "x=y,z",
            "\"$(FOO)\"",
            "ünï");
    private static final List<String> ANY = List.of(
            "1",
            "0644",
            "1.5",
            "1e3",
            "true",
            "False",
            "text",
            "\"8080\"",
            "[]",
            "{}",
            "[1, two, 3]",
            "{a: b}",
            "2001-01-01",
            "~",
            "null",
            "12345678901234");

    private final Random random;
    private final Map<String, String> files = new TreeMap<>();
    private final List<String> deployments = new ArrayList<>();

    private RandomTree(long seed) {
        this.random = new Random(seed);
    }

    static Map<String, String> of(long seed) {
        var tree = new RandomTree(seed);
        tree.base("base");
        if (tree.chance(30)) tree.base("other");
        if (tree.chance(40)) tree.component();
        tree.overlay();
        RandomExtras.add(tree.random, tree.files, tree.deployments);
        return tree.files;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String scalar() {
        return one(SCALARS);
    }

    private void base(String directory) {
        var own = directory.equals("base") ? "" : "o-";
        var resources = new ArrayList<String>();
        for (var name : NAMES) {
            if (!chance(60)) continue;
            var path = name + ".yaml";
            resources.add(path);
            files.put(directory + "/" + path, objects(own + name));
        }
        if (resources.isEmpty()) {
            files.put(directory + "/web.yaml", objects(own + "web"));
            resources.add("web.yaml");
        }
        var text = new StringBuilder("resources:\n");
        for (var path : resources) text.append("- ").append(path).append('\n');
        if (chance(50)) text.append(generator("configMapGenerator", own + "settings", ""));
        if (chance(30)) text.append(generator("secretGenerator", own + "keys", ""));
        common(text, 20);
        if (chance(20))
            text.append("vars:\n- name: ")
                    .append(own.isEmpty() ? "FOO" : "BAR")
                    .append("\n  objref: {kind: Service, name: ")
                    .append(own)
                    .append(resources.getFirst().replace(".yaml", ""))
                    .append(", apiVersion: v1}\n");
        files.put(directory + "/kustomization.yaml", text.toString());
    }

    private void common(StringBuilder text, int percent) {
        if (chance(percent))
            text.append("namePrefix: ").append(one(List.of("p-", "dev-", "x"))).append('\n');
        if (chance(percent))
            text.append("nameSuffix: ")
                    .append(one(List.of("-s", "-v1", "\"9\"")))
                    .append('\n');
        if (chance(percent))
            text.append("namespace: ")
                    .append(one(List.of("team-a", "team-b", "default")))
                    .append('\n');
        if (chance(percent))
            text.append("commonLabels: {app: ")
                    .append(one(List.of("shop", "\"1\"")))
                    .append("}\n");
        if (chance(percent))
            text.append("commonAnnotations:\n  note: ")
                    .append(scalar().equals("on") ? "x" : "\"y: z\"")
                    .append('\n');
        if (chance(percent)) {
            text.append("labels:\n- pairs: {tier: back, env: \"on\"}\n");
            if (chance(50))
                text.append("  includeSelectors: ").append(chance(50)).append('\n');
            if (chance(50))
                text.append("  includeTemplates: ").append(chance(50)).append('\n');
            if (chance(20)) text.append("  fields: [{path: spec/extra, kind: Widget, create: true}]\n");
        }
        if (chance(percent))
            text.append("images:\n- name: nginx\n  newTag: \"")
                    .append(random.nextInt(20))
                    .append("\"\n- name: reg.io/app\n  newName: other/app\n");
        if (chance(percent))
            text.append("generatorOptions: {disableNameSuffixHash: ")
                    .append(chance(50))
                    .append(", labels: {made: \"true\"}}\n");
    }

    private String objects(String name) {
        deployments.add(name);
        var text = new StringBuilder();
        text.append("apiVersion: v1\nkind: Service\nmetadata:\n  name: ")
                .append(name)
                .append('\n');
        if (chance(20))
            text.append("  annotations:\n    k: ")
                    .append(scalar())
                    .append("\n    n: ")
                    .append(chance(30) ? "5" : "five")
                    .append('\n');
        text.append("spec:\n  ports:\n  - port: 80\n    targetPort: http\n");
        if (chance(40)) text.append("  - port: 80\n    protocol: UDP\n    name: udp\n");
        text.append("  selector: {app: ").append(name).append("}\n");
        text.append("---\n").append(workload(name));
        if (chance(40)) text.append("---\n").append(ingress(name));
        if (chance(30)) text.append("---\n").append(autoscaler(name));
        if (chance(40)) text.append("---\n").append(widget(name));
        if (chance(30)) text.append("---\n").append(binding(name));
        return text.toString();
    }

    private String workload(String name) {
        var kind = one(List.of("Deployment", "Deployment", "StatefulSet", "DaemonSet"));
        var text = new StringBuilder("apiVersion: apps/v1\nkind: " + kind + "\nmetadata:\n  name: " + name + "\n");
        if (chance(30)) text.append("  labels:\n    role: ").append(scalar()).append('\n');
        text.append("spec:\n  selector:\n    matchLabels: {app: ").append(name).append("}\n");
        if (chance(40) && !kind.equals("DaemonSet"))
            text.append("  replicas: ").append(random.nextInt(5)).append('\n');
        text.append("  template:\n    metadata:\n      labels: {app: ")
                .append(name)
                .append("}\n    spec:\n");
        if (chance(30)) text.append("      serviceAccountName: ").append(name).append('\n');
        text.append("      containers:\n      - name: main\n        image: ")
                .append(one(List.of("nginx", "nginx:1.2", "reg.io/app:v1@sha256:abc")))
                .append('\n');
        if (chance(70))
            text.append(
                    "        ports:\n        - containerPort: 80\n        - containerPort: 53\n          protocol: UDP\n");
        if (chance(60)) {
            text.append("        env:\n        - name: A\n          value: ")
                    .append(scalar())
                    .append('\n');
            text.append(
                    "        - name: B\n          valueFrom:\n            configMapKeyRef: {name: settings, key: a}\n");
        }
        if (chance(40)) text.append("        args: [\"--x=$(FOO)\", '$$', -v]\n");
        if (chance(40))
            text.append(
                    "        envFrom:\n        - configMapRef: {name: settings}\n        - secretRef: {name: keys}\n");
        if (chance(40)) text.append("      - name: side\n        image: busybox\n        command: [sleep, \"10\"]\n");
        if (chance(40))
            text.append(
                    "      volumes:\n      - name: v\n        configMap: {name: settings}\n      - name: e\n        emptyDir: {}\n");
        return text.toString();
    }

    private String ingress(String name) {
        return "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: " + name
                + "\nspec:\n  rules:\n  - host: \"$(FOO).example\"\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend:\n          service:\n            name: "
                + name + "\n            port: {number: 80}\n";
    }

    private String autoscaler(String name) {
        return "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: " + name
                + "\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: " + name
                + "}\n  maxReplicas: 3\n";
    }

    private String binding(String name) {
        return "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: " + name
                + "\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: " + name
                + "\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: " + name
                + "}\nsubjects:\n- kind: ServiceAccount\n  name: " + name
                + (chance(50) ? "\n  namespace: " + one(List.of("default", "team-a")) : "")
                + (chance(30) ? "\n- {kind: ServiceAccount, name: default, namespace: x}" : "")
                + "\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: " + name
                + "\nrules:\n- apiGroups: [\"\"]\n  resources: [configmaps]\n  resourceNames: [settings, other]\n  verbs: [get]\n";
    }

    private String widget(String name) {
        return "apiVersion: example.org/v1\nkind: Widget\nmetadata:\n  name: " + name + "\nspec:\n  a: " + one(ANY)
                + "\n  b: " + scalar() + "\n  list:\n  - name: one\n    value: " + one(ANY)
                + "\n  - name: two\n    value: " + scalar() + "\n  deep: {x: {y: " + scalar() + "}}\n";
    }

    private String generator(String field, String name, String behavior) {
        var text = new StringBuilder(field + ":\n- name: " + name + "\n" + behavior);
        text.append("  literals:\n  - a=")
                .append(one(List.of("1", "x y", "\"q\"", "yes", "a=b")))
                .append("\n");
        if (chance(50)) text.append("  - 'b=<&>'\n");
        if (chance(30))
            text.append("  options: {annotations: {o: p}, immutable: ")
                    .append(chance(50))
                    .append("}\n");
        return text.toString();
    }

    private void component() {
        var text = new StringBuilder("apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n");
        common(text, 20);
        if (chance(60)) text.append("patches:\n").append(patch());
        if (chance(40)) text.append(generator("configMapGenerator", "extra", ""));
        if (!text.toString().contains("patches") && !text.toString().contains("Generator")) {
            text.append("commonAnnotations: {component: \"1\"}\n");
        }
        files.put("component/kustomization.yaml", text.toString());
    }

    private void overlay() {
        var text = new StringBuilder("resources:\n- ../base\n");
        if (files.containsKey("other/kustomization.yaml")) text.append("- ../other\n");
        if (chance(30)) {
            files.put("overlay/more.yaml", widget("more"));
            text.append("- more.yaml\n");
        }
        if (files.containsKey("component/kustomization.yaml")) text.append("components: [../component]\n");
        common(text, 35);
        boolean generated = files.getOrDefault("base/kustomization.yaml", "").contains("name: settings");
        if (generated && chance(50)) {
            text.append(generator(
                    "configMapGenerator", "settings", "  behavior: " + one(List.of("merge", "replace")) + "\n"));
        }
        if (chance(70)) {
            text.append("patches:\n");
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) text.append(patch());
        }
        if (chance(30))
            text.append("replicas:\n- name: ").append(one(deployments)).append("\n  count: 7\n");
        if (chance(50)) text.append("replacements:\n").append(replacement()).append(chance(40) ? replacement() : "");
        if (chance(15)) text.append("buildMetadata: [originAnnotations, transformerAnnotations]\n");
        if (chance(30))
            text.append("sortOptions: {order: ")
                    .append(one(List.of("fifo", "legacy")))
                    .append("}\n");
        files.put("overlay/kustomization.yaml", text.toString());
    }

    private String patch() {
        return switch (random.nextInt(6)) {
            case 0 ->
                "- target: {kind: " + one(List.of("Deployment", "Deploy.*", "StatefulSet")) + "}\n  patch: |-\n"
                        + "    - op: " + one(List.of("add", "replace"))
                        + "\n      path: /spec/template/spec/containers/0/image\n      value: patched:1\n"
                        + "    - {op: add, path: /metadata/annotations/j~1k, value: \"" + random.nextInt(9) + "\"}\n";
            case 1 ->
                "- target: {kind: Widget}\n  patch: |-\n    - {op: add, path: /spec/list/-, value: {name: three}}\n    - {op: "
                        + one(List.of("remove", "remove", "copy", "test"))
                        + ", path: /spec/b, from: /spec/deep, value: plain}\n";
            case 2 ->
                strategic(
                        "Widget",
                        "example.org/v1",
                        "    spec:\n      a: " + one(ANY) + "\n      b: " + scalar()
                                + "\n      list:\n      - name: new\n      deep: "
                                + one(List.of(
                                        "null",
                                        "{x: null}",
                                        "{$patch: replace, z: 1}",
                                        "{$patch: delete}",
                                        "{x: {w: 1}}"))
                                + "\n");
            case 3 ->
                strategic(
                        "Service",
                        "v1",
                        "    spec:\n      ports:\n      - port: 80\n        "
                                + one(List.of("name: n", "$patch: delete", "protocol: UDP", "targetPort: \"9\"")) + "\n"
                                + one(List.of("", "      - port: 443\n", "      - $patch: replace\n")));
            default -> strategic("Deployment", "apps/v1", container());
        };
    }

    private String strategic(String kind, String apiVersion, String body) {
        return "- target: {kind: " + kind + one(List.of("", ", name: .*", ", labelSelector: 'role!=x'"))
                + "}\n  patch: |-\n    apiVersion: "
                + apiVersion + "\n    kind: " + kind + "\n    metadata:\n      name: ignored\n"
                + one(List.of("", "      annotations: {patched: \"1\", k: null}\n", "      labels: {l: x}\n")) + body;
    }

    private String container() {
        var text = new StringBuilder("    spec:\n      template:\n        spec:\n          containers:\n");
        text.append("          - name: ")
                .append(one(List.of("main", "side", "new")))
                .append('\n');
        text.append(one(List.of(
                "            $patch: delete\n",
                "            image: p:2\n",
                "            env:\n            - name: A\n              value: " + scalar()
                        + "\n            - name: C\n              value: z\n",
                "            env:\n            - name: B\n              $patch: delete\n",
                "            ports:\n            - containerPort: 80\n              name: http\n            - containerPort: 9090\n",
                "            args: [replaced]\n            resources: {limits: {cpu: 1, memory: \"2\"}}\n",
                "            envFrom: []\n",
                "            env: null\n")));
        if (chance(30))
            text.append("          volumes:\n          - name: ")
                    .append(one(List.of("e", "v", "w")))
                    .append("\n            emptyDir: ")
                    .append(one(List.of("null", "{}", "{medium: Memory}")))
                    .append('\n');
        return text.toString();
    }

    private String replacement() {
        var source = one(deployments);
        var field = one(
                List.of("metadata.name", "spec.selector.app", "spec.ports.0.port", "spec.ports.[port=80].targetPort"));
        var target = switch (random.nextInt(4)) {
            case 0 -> "    select: {kind: Widget}\n    fieldPaths: [spec.deep.x.y, \"spec.list.[name=two].value\"]\n";
            case 1 -> "    select: {kind: Widget}\n    fieldPaths: [spec.made.here]\n    options: {create: true}\n";
            case 2 ->
                "    select: {kind: Deployment}\n    fieldPaths: [\"spec.template.spec.containers.*.image\"]\n    options: {delimiter: \":\", index: "
                        + one(List.of("0", "1", "-1", "9")) + "}\n";
            default ->
                "    select: {kind: Service}\n    reject: [{name: api}]\n    fieldPaths: [\"metadata.annotations.[example.com/r]\", metadata.labels.r]\n    options: {create: true}\n";
        };
        return "- source: {kind: Service, name: " + source + ", fieldPath: \"" + field + "\"}\n  targets:\n  -\n"
                + target;
    }
}
