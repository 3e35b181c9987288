package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.kind.Quantity;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.realm.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Refuses new objects that would take more than a ResourceQuota of their namespace leaves.
final class Quota {

    private final Realm realm;

    Quota(Realm realm) {
        this.realm = realm;
    }

    void check(Target target, Mapping object) {
        if (!target.type().namespaced()) return;
        var prefix = target.namespace() + "/";
        for (var quota : realm.store().shelf(QuotaUse.SHELF).items().after(prefix)) {
            if (!quota.key().startsWith(prefix)) return;
            check(target, object, quota.tree());
        }
    }

    private void check(Target target, Mapping object, Mapping quota) {
        if (target.type().qualified().equals("pods")) complete(target, object, quota);
        var asked = QuotaUse.of(target.type(), object, quota);
        if (asked.isEmpty()) return;
        var used = QuotaUse.used(realm, target.namespace(), quota);
        var requested = new TreeMap<String, Quantity>();
        var taken = new TreeMap<String, Quantity>();
        var limited = new TreeMap<String, Quantity>();
        asked.forEach((name, amount) -> {
            var hard =
                    Quantity.find(String.valueOf(quota.mapping("spec", "hard").get(name)));
            var before = used.get(name);
            if (hard.isEmpty() || before == null) return;
            var sum = QuotaUse.sum(List.of(before, amount));
            if (sum == null || sum.compareTo(hard.get()) <= 0) return;
            requested.put(name, amount);
            taken.put(name, before);
            limited.put(name, hard.get());
        });
        if (limited.isEmpty()) return;
        throw Refusal.forbidden(
                target.subject(),
                "exceeded quota: " + Meta.name(quota) + ", requested: " + words(requested) + ", used: " + words(taken)
                        + ", limited: " + words(limited));
    }

    private static String words(Map<String, Quantity> amounts) {
        var words = new ArrayList<String>();
        amounts.forEach((name, amount) -> words.add(name + "=" + amount));
        return String.join(",", words);
    }

    /// Where computing is limited, every container says how much it wants.
    private static void complete(Target target, Mapping pod, Mapping quota) {
        var missing = new TreeMap<String, List<String>>();
        for (var name : quota.mapping("spec", "hard").keys()) {
            var silent = QuotaUse.silent(pod, name);
            if (!silent.isEmpty()) missing.put(name, silent);
        }
        if (missing.isEmpty()) return;
        var words = new ArrayList<String>();
        missing.forEach((name, containers) -> words.add(name + " for: " + String.join(",", containers)));
        throw Refusal.forbidden(
                target.subject(), "failed quota: " + Meta.name(quota) + ": must specify " + String.join("; ", words));
    }
}
