package dev.holdfast.render.kustomize;

import java.util.List;
import java.util.Map;
import java.util.Random;

/// What a {@link RandomTree} has beside the usual: transformers and generators in files and inline, configurations,
/// deprecated fields, components in components, numbers at the edge.
final class RandomExtras {

    private static final String OVERLAY = "overlay/kustomization.yaml";
    private static final List<String> KINDS = List.of("Deployment", "Service", "Widget", "RoleBinding");

    private final Random random;
    private final Map<String, String> files;
    private final List<String> names;
    private final StringBuilder text;

    private RandomExtras(Random random, Map<String, String> files, List<String> names) {
        this.random = random;
        this.files = files;
        this.names = names;
        this.text = new StringBuilder(files.getOrDefault(OVERLAY, ""));
    }

    static void add(Random random, Map<String, String> files, List<String> names) {
        new RandomExtras(random, files, names).add();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean lacks(String field) {
        return !text.toString().contains("\n" + field + ":");
    }

    private void add() {
        if (chance(25)) plugins("transformers", transformer(), transformer());
        if (chance(15)) plugins("generators", generator(), "");
        if (chance(15)) configuration();
        if (chance(15)) deprecatedPatches();
        if (chance(15)) innerComponent();
        if (chance(20) && lacks("images")) images();
        if (chance(15)) renamed();
        if (chance(20)) files();
        if (chance(15)) labelsChangedLater();
        if (chance(15)) numbers();
        if (chance(15) && lacks("sortOptions")) {
            text.append("sortOptions:\n  order: legacy\n  legacySortOptions: {orderFirst: [")
                    .append(one(KINDS))
                    .append("], orderLast: [Service, Secret]}\n");
        }
        files.put(OVERLAY, text.toString());
    }

    /// The first in a file, the second, if any, inline.
    private void plugins(String field, String first, String second) {
        var file = field + ".yaml";
        files.put("overlay/" + file, first);
        text.append(field).append(":\n- ").append(file).append('\n');
        if (!second.isEmpty() && chance(50)) {
            text.append("- |-\n  ").append(second.strip().replace("\n", "\n  ")).append('\n');
        }
    }

    private String transformer() {
        var head = "apiVersion: builtin\nkind: %s\nmetadata:\n  name: t%d\n";
        var kind = one(List.of(
                "NamespaceTransformer",
                "PrefixTransformer",
                "SuffixTransformer",
                "LabelTransformer",
                "AnnotationsTransformer",
                "ReplicaCountTransformer",
                "ImageTagTransformer",
                "PatchTransformer",
                "ValueAddTransformer"));
        return head.formatted(kind, random.nextInt(1_000))
                + switch (kind) {
                    case "NamespaceTransformer" ->
                        "  namespace: moved\n" + one(List.of("", "unsetOnly: true\n"))
                                + one(List.of(
                                        "",
                                        "setRoleBindingSubjects: none\n",
                                        "setRoleBindingSubjects: allServiceAccounts\n",
                                        "setRoleBindingSubjects: defaultOnly\n"))
                                + one(List.of("", "fieldSpecs: [{path: metadata/namespace, create: true}]\n"));
                    case "PrefixTransformer" -> "prefix: t-\nfieldSpecs: [{path: metadata/name" + ofKind() + "}]\n";
                    case "SuffixTransformer" -> "suffix: -t\nfieldSpecs: [{path: metadata/name" + ofKind() + "}]\n";
                    case "LabelTransformer" ->
                        "labels: {t: x}\nfieldSpecs:\n- {path: metadata/labels, create: " + chance(60)
                                + "}\n- {path: spec/selector, create: " + chance(30) + ofKind() + "}\n";
                    case "AnnotationsTransformer" ->
                        "annotations: {t: \"1\"}\nfieldSpecs: [{path: metadata/annotations, create: " + chance(70)
                                + ofKind() + "}]\n";
                    case "ReplicaCountTransformer" ->
                        "replica: {name: " + one(names) + ", count: 6}\nfieldSpecs: [{path: spec/replicas, create: "
                                + chance(60) + "}]\n";
                    case "ImageTagTransformer" ->
                        "imageTag: {name: nginx, newTag: t}\nfieldSpecs: [{path: "
                                + one(List.of(
                                        "\"spec/template/spec/containers[]/image\"",
                                        "spec/template/spec/containers/image",
                                        "spec/b"))
                                + "}]\n";
                    case "PatchTransformer" ->
                        "target: {kind: " + one(KINDS)
                                + "}\npatch: '[{\"op\": \"add\", \"path\": \"/metadata/finalizers\", \"value\": [\"a/b\"]}]'\n";
                    default ->
                        "value: added\ntargets: [{fieldPath: " + one(List.of("spec/b", "metadata/annotations/v"))
                                + "}]\n";
                };
    }

    private String ofKind() {
        return chance(50) ? ", kind: " + one(KINDS) : "";
    }

    private String generator() {
        return "apiVersion: builtin\nkind: " + one(List.of("ConfigMapGenerator", "SecretGenerator"))
                + "\nmetadata:\n  name: made\n" + one(List.of("", "  namespace: elsewhere\n"))
                + "literals: [a=1, 'b=\"two\"']\n" + one(List.of("", "options: {disableNameSuffixHash: true}\n"));
    }

    private void configuration() {
        files.put(
                "overlay/config.yaml",
                one(List.of(
                        "nameReference:\n- kind: Service\n  fieldSpecs: [{path: spec/b, kind: Widget}]\n",
                        "namePrefix: [{path: metadata/name}, {path: spec/b, kind: Widget}]\n",
                        "commonAnnotations: [{path: spec/deep, kind: Widget, create: true}]\n",
                        "images: [{path: spec/list/value, kind: Widget}]\n",
                        "commonLabels: [{path: spec/extra/labels, kind: Widget, create: true}]\n",
                        "replicas: [{path: spec/count, kind: Widget, create: true}]\n")));
        text.append("configurations: [config.yaml]\n");
    }

    private void deprecatedPatches() {
        var name = one(names);
        if (chance(50)) {
            text.append("patchesStrategicMerge:\n- |-\n  apiVersion: v1\n  kind: Service\n  metadata: {name: ")
                    .append(name)
                    .append("}\n  spec: {type: LoadBalancer}\n");
        } else {
            text.append("patchesJson6902:\n- target: {version: v1, kind: Service, name: ")
                    .append(name)
                    .append("}\n  patch: '[{\"op\": \"replace\", \"path\": \"/spec/ports/0/port\", \"value\": 81}]'\n");
        }
    }

    private void innerComponent() {
        var component = "component/kustomization.yaml";
        if (!files.containsKey(component)) return;
        files.put(component, files.get(component) + "components: [inner]\n");
        files.put(
                "component/inner/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
                        + one(List.of("namePrefix: in-\n", "labels: [{pairs: {inner: x}}]\n", "namespace: inner\n"))
                        + "configMapGenerator: [{name: inner, literals: [x=y]}]\n");
    }

    private void images() {
        text.append("images:\n- name: ")
                .append(one(List.of("nginx", "reg.io/app", "busybox")))
                .append('\n')
                .append(one(List.of(
                        "  digest: sha256:" + "0a".repeat(32) + "\n",
                        "  newTag: v9\n  newName: \"reg.io:5000/n\"\n",
                        "  newName: n\n  digest: sha256:" + "1b".repeat(32) + "\n")));
    }

    /// Kinds and names that a patch may change.
    private void renamed() {
        if (!lacks("patches")) return;
        text.append("patches:\n- target: {kind: Service, name: ")
                .append(one(names))
                .append("}\n  patch: |-\n    apiVersion: v1\n    kind: ")
                .append(one(List.of("Service", "Sink")))
                .append("\n    metadata: {name: renamed}\n  options: {allowNameChange: ")
                .append(chance(60))
                .append(", allowKindChange: ")
                .append(chance(60))
                .append("}\n");
    }

    private void files() {
        if (!lacks("secretGenerator")) return;
        files.put("overlay/data.txt", one(List.of("one\ntwo\n", "x", "tab\there", "trail \nline\n", "é\n")));
        files.put("overlay/more.env", "A=1\n# c\n B= two \nC=\"q\"\n\nD=a=b\n");
        text.append(
                        "secretGenerator:\n- name: made-of-files\n  files: [data.txt, other.name=data.txt]\n  envs: [more.env]\n")
                .append(one(List.of("", "  type: example.org/x\n", "  options: {immutable: true}\n")));
    }

    /// A label that is set in many places at once, and then changed in one of them.
    private void labelsChangedLater() {
        var base = "base/kustomization.yaml";
        if (files.getOrDefault(base, "").contains("labels:") || !lacks("patches")) return;
        files.put(base, files.get(base) + "labels:\n- pairs: {shared: \"old\"}\n  includeSelectors: true\n");
        text.append(
                        "patches:\n- target: {kind: Deployment}\n  patch: |-\n    kind: Deployment\n    metadata: {name: x, ")
                .append(one(List.of("labels: {shared: fresh}", "annotations: {shared: fresh}")))
                .append("}\n");
    }

    private void numbers() {
        files.put(
                "overlay/numbers.yaml",
                "apiVersion: example.org/v1\nkind: Numbers\nmetadata:\n  name: numbers\nspec:\n  a: "
                        + one(List.of(
                                "18446744073709551615",
                                "9223372036854775808",
                                "0xffffffffffffffff",
                                "18446744073709551616",
                                "-9223372036854775809",
                                "9223372036854775807",
                                "1e19"))
                        + "\n");
        text.append("patchesJson6902:\n- target: {version: v1, group: example.org, kind: Numbers, name: numbers}\n")
                .append("  patch: '[{\"op\": \"add\", \"path\": \"/spec/b\", \"value\": ")
                .append(one(List.of("1", "12345678901234567890", "9007199254740993")))
                .append("}]'\n");
        if (chance(70) || text.indexOf("patchesJson6902") != text.lastIndexOf("patchesJson6902")) {
            text.setLength(text.lastIndexOf("patchesJson6902"));
        }
        int resources = text.indexOf("resources:\n");
        text.insert(resources + "resources:\n".length(), "- numbers.yaml\n");
    }
}
