package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.Quantity;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.resource.ResourceType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What objects count against a ResourceQuota. Source: doc concepts/policy/resource-quotas.
public final class QuotaUse {

    public static final String SHELF = "resourcequotas";

    /// Kinds that are counted by their plain name, too.
    private static final Set<String> PLAIN = Set.of(
            "pods",
            "services",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "replicationcontrollers",
            "resourcequotas");

    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    private QuotaUse() {}

    /// What one object takes of the resources that a quota limits; nothing where the quota is not about it.
    public static Map<String, Quantity> of(ResourceType type, Mapping object, Mapping quota) {
        var found = new TreeMap<String, Quantity>();
        var resource = type.qualified();
        boolean over = Set.of("Succeeded", "Failed")
                .contains(object.text("status", "phase").orElse(""));
        if (resource.equals("pods") && (over || !inScope(object, quota))) return found;
        if (!resource.equals("pods") && !quota.sequence("spec", "scopes").isEmpty()) return found;
        for (var name : quota.mapping("spec", "hard").keys()) {
            var amount = amount(resource, object, name);
            if (amount != null) found.put(name, amount);
        }
        return found;
    }

    private static @Nullable Quantity amount(String resource, Mapping object, String name) {
        if (name.equals("count/" + resource) || name.equals(resource) && PLAIN.contains(resource)) return one();
        return switch (resource) {
            case "pods" -> compute(object, name);
            case "services" -> ofService(object, name);
            case "persistentvolumeclaims" ->
                name.equals("requests.storage")
                        ? quantity(object.mapping("spec", "resources", "requests"), "storage")
                        : null;
            default -> null;
        };
    }

    private static Quantity one() {
        return Quantity.find("1").orElseThrow();
    }

    private static @Nullable Quantity ofService(Mapping service, String name) {
        var kind = service.text("spec", "type").orElse("");
        if (name.equals("services.loadbalancers")) return kind.equals("LoadBalancer") ? one() : null;
        if (!name.equals("services.nodeports") || kind.equals("ClusterIP") || kind.isEmpty()) return null;
        return Quantity.find(Integer.toString(service.sequence("spec", "ports").size()))
                .orElseThrow();
    }

    /// Containers run side by side, init containers one after the other before them.
    private static @Nullable Quantity compute(Mapping pod, String name) {
        boolean limits = name.startsWith("limits.");
        if (!limits
                && !name.startsWith("requests.")
                && !Set.of("cpu", "memory", "ephemeral-storage").contains(name)) {
            return null;
        }
        var list = limits ? "limits" : "requests";
        var resource = name.substring(name.indexOf('.') + 1);
        var parts = new ArrayList<Quantity>();
        for (var container : pod.sequence("spec", "containers").mappings()) {
            var part = quantity(container.mapping("resources", list), resource);
            if (part != null) parts.add(part);
        }
        var sum = sum(parts);
        for (var container : pod.sequence("spec", "initContainers").mappings()) {
            var part = quantity(container.mapping("resources", list), resource);
            if (part != null && (sum == null || part.compareTo(sum) > 0)) sum = part;
        }
        return sum;
    }

    private static @Nullable Quantity quantity(Mapping amounts, String resource) {
        var value = amounts.get(resource);
        return value == null ? null : Quantity.find(value.toString()).orElse(null);
    }

    static @Nullable Quantity sum(List<Quantity> parts) {
        if (parts.isEmpty()) return null;
        var total = BigDecimal.ZERO;
        boolean binary = false;
        for (var part : parts) {
            total = total.add(part.amount());
            binary |= part.toString().endsWith("i");
        }
        return Quantity.find(binary ? binary(total) : total.toPlainString()).orElse(null);
    }

    private static String binary(BigDecimal total) {
        int power = 0;
        var rest = total;
        while (power < 6 && rest.signum() > 0 && rest.remainder(KIBI).signum() == 0) {
            rest = rest.divide(KIBI);
            power++;
        }
        return rest.toPlainString() + BINARY.get(power);
    }

    private static boolean inScope(Mapping pod, Mapping quota) {
        boolean bestEffort = pod.text("status", "qosClass").orElse("").equals("BestEffort");
        boolean terminating = pod.mapping("spec").has("activeDeadlineSeconds");
        for (var scope : quota.sequence("spec", "scopes")) {
            boolean fits = switch (scope.toString()) {
                case "BestEffort" -> bestEffort;
                case "NotBestEffort" -> !bestEffort;
                case "Terminating" -> terminating;
                case "NotTerminating" -> !terminating;
                default -> true;
            };
            if (!fits) return false;
        }
        return true;
    }

    /// What the objects of a namespace take of what a quota limits; zero for what nothing takes.
    public static Map<String, Quantity> used(Realm realm, String namespace, Mapping quota) {
        var parts = new LinkedHashMap<String, List<Quantity>>();
        var hard = quota.mapping("spec", "hard");
        for (var type : realm.catalog().distinct()) {
            if (!type.namespaced() || !counted(type.qualified(), hard)) continue;
            var prefix = namespace + "/";
            for (var item : realm.shelf(type).items().after(prefix)) {
                if (!item.key().startsWith(prefix)) break;
                of(type, item.tree(), quota)
                        .forEach((name, amount) -> parts.computeIfAbsent(name, _ -> new ArrayList<>())
                                .add(amount));
            }
        }
        var used = new LinkedHashMap<String, Quantity>();
        for (var name : hard.keys()) {
            var sum = sum(parts.getOrDefault(name, List.of()));
            used.put(name, sum == null ? Quantity.find("0").orElseThrow() : sum);
        }
        return used;
    }

    private static boolean counted(String resource, Mapping hard) {
        if (resource.equals("pods") || resource.equals("services") || resource.equals("persistentvolumeclaims")) {
            return true;
        }
        return hard.has(resource) || hard.has("count/" + resource);
    }

    /// The containers of a Pod that say nothing of a resource that the quota limits.
    static List<String> silent(Mapping pod, String name) {
        var containers = new ArrayList<String>();
        if (!name.matches("(limits|requests)\\.(cpu|memory)|cpu|memory")) return containers;
        var list = name.startsWith("limits.") ? "limits" : "requests";
        var resource = name.substring(name.indexOf('.') + 1);
        for (var container : pod.sequence("spec", "containers").mappings()) {
            if (!container.mapping("resources", list).has(resource)) {
                containers.add(container.text("name").orElse(""));
            }
        }
        return containers;
    }

    /// `{name: amount}` as a value.
    public static Mapping written(Map<String, Quantity> amounts) {
        var written = Mapping.builder();
        amounts.forEach((name, amount) -> written.put(name, Value.of(amount.toString())));
        return written.build();
    }
}
