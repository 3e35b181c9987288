package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.request.LabelSelector;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Tells where the Pods of a Service are: Endpoints of its name, and an EndpointSlice beside them. Services without
/// selector are left to whoever made them.
final class Endpoints implements Controller {

    private static final String SERVICES = "services";
    private static final String ENDPOINTS = "endpoints";
    private static final String SLICES = "endpointslices.discovery.k8s.io";
    private static final String OF = "kubernetes.io/service-name";
    private static final String HEADLESS = "service.kubernetes.io/headless";
    private static final String MANAGED = "endpointslice.kubernetes.io/managed-by";

    private final Acts acts;

    Endpoints(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        var item = change.item();
        switch (shelf.name()) {
            case SERVICES -> {
                if (!unchanged(change)) look.accept(item.key());
            }
            case Pods.SHELF -> ofPod(change, look);
            case ENDPOINTS -> {
                if (change.type() == Change.Type.DELETED) look.accept(item.key());
            }
            case SLICES -> {
                if (change.type() == Change.Type.DELETED) {
                    item.labels().text(OF).ifPresent(name -> look.accept(item.namespace() + "/" + name));
                }
            }
            default -> {}
        }
    }

    /// Whether a Service says the same of its endpoints as before.
    private static boolean unchanged(Change change) {
        var before = change.previous();
        var item = change.item();
        return change.type() == Change.Type.MODIFIED
                && before != null
                && !item.terminating()
                && before.labels().equals(item.labels())
                && before.tree().mapping("spec").equals(item.tree().mapping("spec"));
    }

    /// Only changes that a Service can see: where a Pod is, whether it is ready, what labels it has.
    private void ofPod(Change change, Consumer<String> look) {
        var pod = change.item();
        var before = change.previous();
        boolean gone = change.type() == Change.Type.DELETED;
        if (before != null && !gone && seen(before).equals(seen(pod))) return;
        if (before == null && pod.tree().text("status", "podIP").isEmpty()) return;
        for (var service : acts.in(SERVICES, pod.namespace())) {
            var selector = service.tree().mapping("spec", "selector");
            if (selector.isEmpty()) continue;
            var wanted = LabelSelector.ofLabels(selector.texts());
            if (wanted.matches(pod.labels()) || before != null && wanted.matches(before.labels())) {
                look.accept(service.key());
            }
        }
    }

    private static Value seen(Item pod) {
        return Value.of(List.of(
                pod.labels(),
                Value.of(pod.tree().text("status", "podIP").orElse("")),
                Value.of(Replicas.ready(pod) + " " + Meta.terminating(pod.tree()))));
    }

    @Override
    public Optional<Instant> look(String key) {
        var service = acts.find(SERVICES, key);
        if (service == null) {
            remove(key);
            return Optional.empty();
        }
        var tree = service.tree();
        boolean external = tree.text("spec", "type").orElse("").equals("ExternalName");
        if (Meta.terminating(tree)
                || external
                || tree.mapping("spec", "selector").isEmpty()) return Optional.empty();
        var pods = new ArrayList<Item>();
        var wanted = LabelSelector.ofLabels(tree.mapping("spec", "selector").texts());
        for (var pod : acts.in(Pods.SHELF, service.namespace())) {
            boolean placed = pod.tree().text("status", "podIP").isPresent() && Replicas.active(pod);
            if (placed && wanted.matches(pod.labels())) pods.add(pod);
        }
        endpoints(service, pods);
        slice(service, pods);
        return Optional.empty();
    }

    /// Slices go with their owner; Endpoints have none, their controller deletes them.
    private void remove(String key) {
        var endpoints = acts.find(ENDPOINTS, key);
        if (endpoints == null) return;
        var annotations = endpoints.tree().mapping("metadata", "annotations");
        if (annotations.has("endpoints.kubernetes.io/last-change-trigger-time")) acts.delete(endpoints);
    }

    private void endpoints(Item service, List<Item> pods) {
        var subsets = subsets(service, pods);
        var labels = new TreeMap<>(service.labels().texts());
        labels.put("endpoints.kubernetes.io/managed-by", "endpoint-controller");
        if (service.tree().text("spec", "clusterIP").orElse("").equals("None")) labels.put(HEADLESS, "");
        var known = acts.find(ENDPOINTS, service.key());
        if (known != null) {
            acts.change(known, object -> {
                var changed = subsets.isEmpty() ? object.without("subsets") : object.with("subsets", Value.of(subsets));
                return Meta.with(changed, "labels", Mapping.ofTexts(labels));
            });
            return;
        }
        var metadata = Mapping.builder()
                .put("name", service.name())
                .put("namespace", service.namespace())
                .put("labels", Mapping.ofTexts(labels))
                .put(
                        "annotations",
                        Mapping.of(
                                "endpoints.kubernetes.io/last-change-trigger-time",
                                Value.of(acts.realm().timestamp())));
        var object = Mapping.builder()
                .put("kind", "Endpoints")
                .put("apiVersion", "v1")
                .put("metadata", metadata.build());
        if (!subsets.isEmpty()) object.put("subsets", Value.of(subsets));
        acts.ensure(object.build());
    }

    private static List<Value> subsets(Item service, List<Item> pods) {
        if (pods.isEmpty()) return List.of();
        var ready = new ArrayList<Value>();
        var unready = new ArrayList<Value>();
        for (var pod : pods) (counts(service, pod) ? ready : unready).add(address(pod));
        var subset = Mapping.builder();
        if (!ready.isEmpty()) subset.put("addresses", Value.of(ready));
        if (!unready.isEmpty()) subset.put("notReadyAddresses", Value.of(unready));
        var ports = ports(service, pods.getFirst());
        if (!ports.isEmpty()) subset.put("ports", Value.of(ports));
        return List.of(subset.build());
    }

    private static boolean counts(Item service, Item pod) {
        return Replicas.ready(pod)
                || service.tree().bool("spec", "publishNotReadyAddresses").orElse(false);
    }

    private static Mapping reference(Item pod) {
        return Mapping.builder()
                .put("kind", "Pod")
                .put("name", pod.name())
                .put("namespace", pod.namespace())
                .put("uid", pod.uid())
                .build();
    }

    private static Mapping address(Item pod) {
        return Mapping.builder()
                .put("ip", pod.tree().text("status", "podIP").orElse(""))
                .put("nodeName", pod.tree().text("spec", "nodeName").orElse(""))
                .put("targetRef", reference(pod))
                .build();
    }

    /// The Service's ports as the Pod's containers name them.
    private static List<Value> ports(Item service, Item pod) {
        var ports = new ArrayList<Value>();
        for (var port : service.tree().sequence("spec", "ports").mappings()) {
            var number = number(port, pod);
            if (number.isEmpty()) continue;
            var entry = Mapping.builder();
            port.text("name").ifPresent(name -> entry.put("name", name));
            ports.add(entry.put("port", number.get())
                    .put("protocol", port.text("protocol").orElse("TCP"))
                    .build());
        }
        return ports;
    }

    private static Optional<Long> number(Mapping port, Item pod) {
        var target = port.find("targetPort").orElseGet(() -> port.find("port").orElse(Value.none()));
        if (!(target instanceof Value.Text(var name, var _))) return target.asWhole();
        return pod.tree().sequence("spec", "containers").mappings().stream()
                .flatMap(container -> container.sequence("ports").mappings().stream())
                .filter(each -> each.text("name").orElse("").equals(name))
                .flatMap(each -> each.whole("containerPort").stream())
                .findFirst();
    }

    private void slice(Item service, List<Item> pods) {
        var endpoints = pods.stream().map(pod -> endpoint(service, pod)).toList();
        var ports = pods.isEmpty()
                ? List.<Value>of()
                : ports(service, pods.getFirst()).stream().map(Endpoints::named).toList();
        var known = acts.controlled(SLICES, service).stream()
                .filter(slice -> slice.labels().has(MANAGED))
                .findFirst();
        if (known.isPresent()) {
            acts.change(
                    known.get(),
                    object -> object.with("endpoints", Value.of(endpoints)).with("ports", Value.of(ports)));
            return;
        }
        var labels = new TreeMap<>(service.labels().texts());
        labels.put(MANAGED, "endpointslice-controller.k8s.io");
        labels.put(OF, service.name());
        if (service.tree().text("spec", "clusterIP").orElse("").equals("None")) labels.put(HEADLESS, "");
        var metadata = Mapping.builder()
                .put("generateName", service.name() + "-")
                .put("namespace", service.namespace())
                .put("labels", Mapping.ofTexts(labels))
                .put("ownerReferences", Acts.ownedBy(service.tree()));
        acts.ensure(Mapping.builder()
                .put("kind", "EndpointSlice")
                .put("apiVersion", "discovery.k8s.io/v1")
                .put("metadata", metadata.build())
                .put("addressType", "IPv4")
                .put("endpoints", Value.of(endpoints))
                .put("ports", Value.of(ports))
                .build());
    }

    /// Every port of a slice has a name, if an empty one.
    private static Value named(Value port) {
        return port instanceof Mapping mapping && !mapping.has("name") ? mapping.with("name", Value.of("")) : port;
    }

    private static Mapping endpoint(Item service, Item pod) {
        var ready = counts(service, pod) ? Value.TRUE : Value.FALSE;
        var conditions = Mapping.builder()
                .put("ready", ready)
                .put("serving", Replicas.ready(pod) ? Value.TRUE : Value.FALSE)
                .put("terminating", Value.FALSE)
                .build();
        return Mapping.builder()
                .put(
                        "addresses",
                        Value.texts(List.of(pod.tree().text("status", "podIP").orElse(""))))
                .put("conditions", conditions)
                .put("nodeName", pod.tree().text("spec", "nodeName").orElse(""))
                .put("targetRef", reference(pod))
                .build();
    }
}
