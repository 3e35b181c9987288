package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can change of a pod after it was made: hardly anything.
final class PodChanges {

    private static final String CHANGEABLE =
            "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                    + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
                    + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private PodChanges() {}

    static void check(Mapping pod, Mapping old, Problems problems) {
        var spec = pod.mapping("spec");
        var before = old.mapping("spec");
        for (var list : List.of("containers", "initContainers")) {
            if (spec.sequence(list).size() != before.sequence(list).size()) {
                problems.forbidden(child("spec", list), "pod updates may not add or remove containers");
                return;
            }
            images(spec.sequence(list), child("spec", list), problems);
        }
        if (!deadline(spec.get("activeDeadlineSeconds"), before.get("activeDeadlineSeconds"), problems)) return;
        tolerations(spec, before, problems);
        gates(spec, before, problems);
        if (!comparable(spec, before).equals(comparable(before, before))) problems.forbidden("spec", CHANGEABLE);
    }

    private static void images(Sequence containers, String path, Problems problems) {
        for (int i = 0; i < containers.size(); i++) {
            if (!(containers.get(i) instanceof Mapping container)) continue;
            var place = item(path, i);
            if (container.text("image").orElse("").isEmpty()) problems.required(child(place, "image"), "");
            ContainerRules.padding(container, place, problems);
        }
    }

    /// A deadline can be set once, and be drawn nearer. Whether the rest is still looked at.
    private static boolean deadline(@Nullable Value now, @Nullable Value before, Problems problems) {
        var path = "spec.activeDeadlineSeconds";
        if (!(now instanceof Value.Whole(var seconds, var _))) {
            if (before instanceof Value.Whole) {
                problems.invalid(path, Value.none(), "must not update from a positive integer to nil value");
            }
            return true;
        }
        if (seconds < 0 || seconds > Integer.MAX_VALUE) {
            problems.invalid(path, now, "must be between 0 and 2147483647, inclusive");
            return false;
        }
        if (before instanceof Value.Whole(var had, var _) && had < seconds) {
            problems.invalid(path, now, "must be less than or equal to previous value");
            return false;
        }
        return true;
    }

    private static void tolerations(Mapping spec, Mapping before, Problems problems) {
        var now = spec.sequence("tolerations").mappings().stream()
                .map(each -> each.without("tolerationSeconds"))
                .toList();
        for (var had : before.sequence("tolerations").mappings()) {
            if (now.contains(had.without("tolerationSeconds"))) continue;
            problems.forbidden(
                    "spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
            return;
        }
        SchedulingRules.tolerations(spec.sequence("tolerations"), "spec.tolerations", problems);
    }

    private static void gates(Mapping spec, Mapping before, Problems problems) {
        var had = before.sequence("schedulingGates").mappings().stream()
                .map(gate -> gate.text("name").orElse(""))
                .toList();
        var gates = spec.sequence("schedulingGates");
        for (int i = 0; i < gates.size(); i++) {
            if (!(gates.get(i) instanceof Mapping gate)) continue;
            var name = gate.text("name").orElse("");
            if (had.contains(name)) continue;
            problems.forbidden(
                    child(item("spec.schedulingGates", i), "name"),
                    "only deletion is allowed, but found new scheduling gate '" + name + "'");
        }
    }

    private static Mapping comparable(Mapping spec, Mapping before) {
        var rest = spec;
        for (var open : List.of("activeDeadlineSeconds", "tolerations", "schedulingGates")) {
            rest = rest.without(open);
        }
        boolean negative = before.whole("terminationGracePeriodSeconds").orElse(0L) < 0;
        if (negative && spec.whole("terminationGracePeriodSeconds").orElse(0L) == 1) {
            long grace = before.whole("terminationGracePeriodSeconds").orElse(0L);
            rest = rest.with("terminationGracePeriodSeconds", Value.of(grace));
        }
        for (var list : List.of("containers", "initContainers")) {
            if (!rest.has(list)) continue;
            rest = rest.with(
                    list,
                    rest.sequence(list)
                            .map(each -> each instanceof Mapping container ? container.without("image") : each));
        }
        return rest;
    }
}
