package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.controller.Acts.Told;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Gives Pods a node that they select and tolerate. Room is not counted: a node takes any number of Pods.
final class Scheduling implements Controller {

    static final String NODE = "sandbox-node";
    private static final String SCHEDULER = "default-scheduler";
    private static final String MANAGER = "kube-scheduler";

    private final Acts acts;
    /// Pods that no node would take; a change of the nodes brings them back.
    private final TreeSet<String> waiting = new TreeSet<>();

    Scheduling(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals("nodes")) List.copyOf(waiting).forEach(look);
        if (!shelf.name().equals(Pods.SHELF)) return;
        var key = change.item().key();
        if (change.type() == Change.Type.DELETED) waiting.remove(key);
        else if (unbound(change.item().tree())) look.accept(key);
    }

    private static boolean unbound(Mapping pod) {
        return pod.text("spec", "nodeName").orElse("").isEmpty()
                && pod.text("spec", "schedulerName").orElse(SCHEDULER).equals(SCHEDULER)
                && !Meta.terminating(pod);
    }

    @Override
    public Optional<Instant> look(String key) {
        waiting.remove(key);
        var pod = acts.find(Pods.SHELF, key);
        if (pod == null || !unbound(pod.tree())) return Optional.empty();
        if (!pod.tree().sequence("spec", "schedulingGates").isEmpty()) return Optional.empty();
        var refusals = new Refusals();
        var fit = new ArrayList<String>();
        for (var node : acts.shelf("nodes").items().after("")) {
            if (refusals.takes(node.tree(), pod.tree())) fit.add(node.name());
        }
        if (fit.isEmpty()) {
            waiting.add(key);
            refuse(pod, refusals.words());
        } else {
            bind(pod, fit.get(Math.floorMod(pod.uid().hashCode(), fit.size())));
        }
        return Optional.empty();
    }

    private void bind(Item pod, String node) {
        acts.bind(pod, node);
        acts.changeStatusAs(
                MANAGER,
                pod,
                object -> PodConditions.with(
                        object, "PodScheduled", "True", acts.realm().timestamp()));
        acts.tell(SCHEDULER, pod, Told.normal("Scheduled", "Successfully assigned " + pod.key() + " to " + node));
    }

    private void refuse(Item pod, String why) {
        acts.changeStatusAs(
                MANAGER,
                pod,
                object -> PodConditions.with(
                        object,
                        new Conditions.Said("PodScheduled", "False", "Unschedulable", why),
                        acts.realm().timestamp()));
        acts.tell(SCHEDULER, pod, Told.warning("FailedScheduling", why));
    }

    /// Why the nodes would not take a Pod, in numbers.
    private static final class Refusals {
        private int nodes;
        private int tooSmall;
        private int cordoned;
        private int tainted;
        private int unselected;

        boolean takes(Mapping node, Mapping pod) {
            nodes++;
            if (Fate.of(pod) == Fate.UNSCHEDULABLE) tooSmall++;
            else if (!Nodes.selected(node, pod)) unselected++;
            else if (Nodes.cordoned(node, pod)) cordoned++;
            else if (!Nodes.tolerated(node, pod)) tainted++;
            else return true;
            return false;
        }

        String words() {
            if (nodes == 0) return "no nodes available to schedule pods";
            var reasons = new ArrayList<String>();
            if (tooSmall > 0) reasons.add(tooSmall + " Insufficient cpu");
            if (unselected > 0) reasons.add(unselected + " node(s) didn't match Pod's node affinity/selector");
            if (tainted > 0) reasons.add(tainted + " node(s) had untolerated taint(s)");
            if (cordoned > 0) reasons.add(cordoned + " node(s) were unschedulable");
            return "0/" + nodes + " nodes are available: " + String.join(", ", reasons) + ".";
        }
    }
}
