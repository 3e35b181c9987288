package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the plug-ins of admission look up for a new pod: its account with a token for it, its priority, its runtime.
final class PodAdmission {

    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String DEFAULT_ACCOUNT = "default";
    private static final String USUAL_POLICY = "PreemptLowerPriority";
    private static final long TOKEN_SECONDS = 3_607;
    private static final long READABLE = 0644;

    private final Realm realm;

    PodAdmission(Realm realm) {
        this.realm = realm;
    }

    Mapping admitted(Target target, Mapping pod) {
        var account = account(target, pod.mapping("spec"));
        var spec = prioritized(target, account.map(found -> mounted(pod, found)).orElse(pod.mapping("spec")));
        var runtime = spec.text("runtimeClassName").orElse("");
        if (!runtime.isEmpty()
                && realm.store().shelf("runtimeclasses.node.k8s.io").get(runtime) == null) {
            throw Refusal.forbidden(target.subject(), "pod rejected: RuntimeClass \"" + runtime + "\" not found");
        }
        return pod.with("spec", spec);
    }

    /// The account of the namespace comes by itself, and a pod may be quicker: it is not missed.
    private Optional<Mapping> account(Target target, Mapping spec) {
        var asked = spec.text("serviceAccountName").orElse("");
        var name = asked.isEmpty() ? DEFAULT_ACCOUNT : asked;
        var key = target.namespace() + "/" + name;
        var found = realm.store().shelf("serviceaccounts").get(key);
        if (found != null) return Optional.of(found.tree());
        if (name.equals(DEFAULT_ACCOUNT)) return Optional.of(Mapping.EMPTY);
        throw Refusal.forbidden(
                target.subject(),
                "error looking up service account " + key + ": serviceaccount \"" + name + "\" not found");
    }

    private Mapping mounted(Mapping pod, Mapping account) {
        var spec = pod.mapping("spec");
        if (spec.sequence("imagePullSecrets").isEmpty()
                && !account.sequence("imagePullSecrets").isEmpty()) {
            spec = spec.with("imagePullSecrets", account.sequence("imagePullSecrets"));
        }
        boolean wanted = spec.bool("automountServiceAccountToken")
                .or(() -> account.bool("automountServiceAccountToken"))
                .orElse(true);
        if (!wanted) return spec;
        var volume = "kube-api-access-" + realm.chance().suffix();
        boolean used = false;
        for (var list : List.of("initContainers", "containers")) {
            if (!spec.has(list)) continue;
            var before = spec.sequence(list);
            var after = before.map(each -> each instanceof Mapping container ? mounting(container, volume) : each);
            used |= !after.equals(before);
            spec = spec.with(list, after);
        }
        return used ? spec.with("volumes", spec.sequence("volumes").plus(token(volume))) : spec;
    }

    private static Mapping mounting(Mapping container, String volume) {
        var mounts = container.sequence("volumeMounts");
        boolean taken = mounts.mappings().stream()
                .anyMatch(mount -> mount.text("mountPath").orElse("").equals(TOKEN_PATH));
        if (taken) return container;
        var mount = Mapping.builder()
                .put("name", volume)
                .put("readOnly", Value.TRUE)
                .put("mountPath", TOKEN_PATH)
                .build();
        var after = Mapping.builder();
        var all = mounts.plus(mount);
        boolean placed = container.has("volumeMounts") || !container.has("resources");
        // where the API server writes it: behind the resources
        for (var field : container) {
            after.put(field.key(), field.key().equals("volumeMounts") ? all : field.value());
            if (field.key().equals("resources") && !placed) after.put("volumeMounts", all);
        }
        if (!container.has("volumeMounts") && placed) after.put("volumeMounts", all);
        return after.build();
    }

    private static Mapping token(String name) {
        var sources = new ArrayList<Value>();
        sources.add(Mapping.of(
                "serviceAccountToken",
                Mapping.builder()
                        .put("expirationSeconds", TOKEN_SECONDS)
                        .put("path", "token")
                        .build()));
        var certificate =
                Mapping.builder().put("key", "ca.crt").put("path", "ca.crt").build();
        sources.add(Mapping.of(
                "configMap",
                Mapping.builder()
                        .put("name", "kube-root-ca.crt")
                        .put("items", Sequence.of(certificate))
                        .build()));
        var namespace = Mapping.builder()
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace")
                .build();
        var file = Mapping.builder()
                .put("path", "namespace")
                .put("fieldRef", namespace)
                .build();
        sources.add(Mapping.of("downwardAPI", Mapping.of("items", Sequence.of(file))));
        return Mapping.builder()
                .put("name", name)
                .put(
                        "projected",
                        Mapping.builder()
                                .put("sources", Value.of(sources))
                                .put("defaultMode", READABLE)
                                .build())
                .build();
    }

    private Mapping prioritized(Target target, Mapping spec) {
        var name = spec.text("priorityClassName").orElse("");
        var found = name.isEmpty() ? usual() : Optional.ofNullable(classes().get(name));
        if (!name.isEmpty() && found.isEmpty()) {
            throw Refusal.forbidden(target.subject(), "no PriorityClass with name " + name + " was found");
        }
        long priority = found.map(PodAdmission::priority).orElse(0L);
        // by now a pod that asked for nothing has the usual values, which contradict no class
        boolean usual = name.isEmpty() && spec.whole("priority").orElse(0L) == 0;
        spec.whole("priority").filter(asked -> asked != priority && !usual).ifPresent(asked -> {
            throw contradicted(target, "integer value of priority (" + asked + ")", Long.toString(priority));
        });
        if (found.isEmpty()) return spec;
        var policy = found.get().tree().text("preemptionPolicy").orElse(USUAL_POLICY);
        spec.text("preemptionPolicy")
                .filter(asked -> !List.of(policy, USUAL_POLICY).contains(asked))
                .ifPresent(asked -> {
                    throw contradicted(target, "string value of PreemptionPolicy (" + asked + ")", policy);
                });
        var named = spec.with("priorityClassName", Value.of(found.get().name()));
        return named.with("priority", Value.of(priority)).with("preemptionPolicy", Value.of(policy));
    }

    private static Refusal contradicted(Target target, String given, String computed) {
        return Refusal.forbidden(
                target.subject(),
                "the " + given + " must not be provided in pod spec; priority admission controller computed " + computed
                        + " from the given PriorityClass name");
    }

    private Shelf classes() {
        return realm.store().shelf("priorityclasses.scheduling.k8s.io");
    }

    /// The class of pods that name none: of several that would be it, the lowest.
    private Optional<Item> usual() {
        var usual = new ArrayList<Item>();
        for (var item : classes().items().after("")) {
            if (item.tree().bool("globalDefault").orElse(false)) usual.add(item);
        }
        return usual.stream().min(Comparator.comparing(PodAdmission::priority));
    }

    private static long priority(Item priorityClass) {
        return priorityClass.tree().whole("value").orElse(0L);
    }
}
