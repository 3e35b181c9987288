package dev.holdfast.engine.desired;

import dev.holdfast.engine.live.IgnoreRules;
import dev.holdfast.model.DesiredObject;
import dev.holdfast.model.Digest;
import dev.holdfast.model.Discovery;
import dev.holdfast.model.Discovery.Scope;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Placement.Destination;
import dev.holdfast.model.Placement.NamespaceMode;
import dev.holdfast.model.Plan.Held;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Secret;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One run of {@link DesiredSet#settle}.
final class Settling {

    private static final Gvk NAMESPACE = new Gvk("", "v1", "Namespace");
    private static final String APP_GROUP = "holdfast.dev";

    private final Discovery discovery;
    private final Placement placement;
    private final Secret key;
    private final Definitions definitions;
    private final IgnoreRules ignore;
    private final List<DesiredObject> objects = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();

    Settling(Discovery discovery, Placement placement, Secret key, Definitions definitions) {
        this.discovery = discovery;
        this.placement = placement;
        this.key = key;
        this.definitions = definitions;
        this.ignore = IgnoreRules.of(placement.policy().ignore());
    }

    DesiredSet settle(List<Manifest> manifests) {
        refuseDuplicates(manifests);
        for (var manifest : manifests) settle(manifest);
        return new DesiredSet(objects, held, ownNamespace(), digest(manifests));
    }

    private void settle(Manifest manifest) {
        var ref = finalRef(manifest);
        var fault = refusal(manifest, ref).or(() -> notServed(manifest));
        if (fault.isPresent()) {
            held.add(new Held(ref, fault.get().about(ref)));
            return;
        }
        var body = new DesiredBody(placement).of(manifest, ref);
        objects.add(new DesiredObject(
                ref, manifest.gvk(), body, digest(ref, body), KindRanks.of(ref.groupKind()), manifest.origin()));
    }

    /// The ignored paths take part: an object whose rule changes must be applied once more.
    private Digest digest(Ref ref, Mapping body) {
        var paths = ignore.texts(ref);
        if (paths.isEmpty()) return Digest.keyed(key, body);
        return Digest.keyed(
                key,
                Mapping.builder()
                        .put("body", body)
                        .put("ignore", Value.texts(paths))
                        .build());
    }

    private Ref finalRef(Manifest manifest) {
        var scope = scope(manifest.gvk());
        var ref = manifest.ref();
        if (scope.isEmpty()) return ref;
        return ref.inNamespace(scope.get() == Scope.CLUSTER ? "" : namespace(ref));
    }

    private Optional<Scope> scope(Gvk gvk) {
        return discovery
                .find(gvk)
                .or(() -> discovery.preferred(gvk.groupKind()))
                .map(Discovery.ApiResource::scope)
                .or(() -> definitions.scope(gvk.groupKind()));
    }

    private String namespace(Ref ref) {
        var destination = placement.destination();
        boolean moved = destination.namespaceMode() == NamespaceMode.OVERRIDE;
        return moved || ref.namespace().isEmpty() ? destination.namespace() : ref.namespace();
    }

    /// Two manifests of one object: whichever came last would win, so nothing is applied at all.
    private void refuseDuplicates(List<Manifest> manifests) {
        var first = new TreeMap<Ref, Manifest>();
        var doubled = new ArrayList<String>();
        var ordered = new ArrayList<>(manifests);
        ordered.sort(Comparator.comparing((Manifest one) -> one.origin().path())
                .thenComparingInt(one -> one.origin().line()));
        Origin place = Origin.NONE;
        for (var manifest : ordered) {
            var ref = finalRef(manifest);
            var earlier = first.putIfAbsent(ref, manifest);
            if (earlier == null) continue;
            if (doubled.isEmpty()) place = manifest.origin();
            doubled.add("%s is defined twice, at %s and at %s"
                    .formatted(
                            ref.words(),
                            earlier.origin().place(),
                            manifest.origin().place()));
        }
        if (doubled.isEmpty()) return;
        var more = doubled.size() > 3 ? " and " + (doubled.size() - 3) + " more" : "";
        throw new FaultException(Fault.at(
                place,
                "DuplicateObject",
                String.join("; ", doubled.subList(0, Math.min(3, doubled.size()))) + more,
                "Remove or rename one of the two"));
    }

    private Optional<Fault> refusal(Manifest manifest, Ref ref) {
        var metadata = manifest.body().mapping("metadata");
        var place = manifest.origin();
        if (ref.name().isEmpty()) {
            return Optional.of(Fault.at(
                    place,
                    "NameMissing",
                    manifest.gvk() + " has no metadata.name",
                    "Give it a name; generateName can't be kept equal to Git"));
        }
        for (var field : List.of("labels", "annotations")) {
            var value = metadata.get(field);
            if (value != null && !(value instanceof Mapping) && !value.isNull()) {
                return Optional.of(Fault.at(
                        value.origin().known() ? value.origin() : place,
                        "InvalidMetadata",
                        ref.words() + ": metadata." + field + " is a " + value.typeName() + ", not a map",
                        "Write it as a map of texts"));
            }
        }
        var ownership = placement.ownership();
        var owner = metadata.text("labels", ownership.labelKey());
        if (owner.isPresent() && !owner.get().equals(ownership.labelValue())) {
            return Optional.of(Fault.at(
                    place,
                    "OwnedByAnother",
                    "%s carries the label %s=%s of another app in Git"
                            .formatted(ref.words(), ownership.labelKey(), owner.get()),
                    "Remove that label and the annotation " + ownership.markerAnnotation() + " from the file"));
        }
        var app = placement.key().app();
        boolean self = ref.group().equals(APP_GROUP)
                && ref.kind().equals("App")
                && ref.namespace().equals(app.namespace())
                && ref.name().equals(app.name());
        if (!self) return noNamespace(manifest, ref);
        return Optional.of(Fault.at(
                place, "ContainsItself", "App " + app + " is among its own objects", "Keep it in another app"));
    }

    private Optional<Fault> noNamespace(Manifest manifest, Ref ref) {
        boolean needed = scope(manifest.gvk()).filter(Scope.NAMESPACED::equals).isPresent();
        if (!needed || !ref.namespace().isEmpty()) return Optional.empty();
        return Optional.of(Fault.at(
                manifest.origin(),
                "NamespaceMissing",
                ref.words() + " names no namespace, and the app's target has none",
                "Set metadata.namespace, or namespace of the target"));
    }

    private Optional<Fault> notServed(Manifest manifest) {
        var gvk = manifest.gvk();
        if (discovery.find(gvk).isPresent()) return Optional.empty();
        var place = manifest.origin();
        if (definitions.defines(gvk)) {
            return Optional.of(waiting(
                    place,
                    "DefinitionPending",
                    "%s %s waits for its CustomResourceDefinition of the same set"
                            .formatted(gvk, manifest.ref().name()),
                    "definition of " + gvk.groupKind()));
        }
        if (!discovery.complete(gvk.group())) {
            return Optional.of(waiting(
                    place,
                    "GroupUnavailable",
                    "%s %s waits for the API group %s, which does not answer"
                            .formatted(gvk, manifest.ref().name(), gvk.group()),
                    "group " + gvk.group()));
        }
        var served = discovery.preferred(gvk.groupKind());
        var next = served.map(resource -> "Use apiVersion " + resource.gvk().apiVersion() + ", which it serves")
                .orElse("Install the definition of " + gvk.groupKind() + ", or correct apiVersion and kind");
        return Optional.of(Fault.at(
                place, "UnknownKind", "the cluster serves no " + gvk.kind() + " of " + gvk.apiVersion(), next));
    }

    private static Fault waiting(Origin place, String code, String message, String event) {
        return new Fault.Waiting(new Fault.Explanation(code, message, "", Optional.empty(), place), event);
    }

    private Optional<DesiredObject> ownNamespace() {
        var destination = placement.destination();
        if (!destination.createNamespace() || destination.namespace().isEmpty()) return Optional.empty();
        var ref = new Ref("", "Namespace", "", destination.namespace());
        boolean inSet = objects.stream().anyMatch(object -> object.ref().equals(ref))
                || held.stream().anyMatch(waiting -> waiting.ref().equals(ref));
        if (inSet) return Optional.empty();
        var body = Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "Namespace")
                .put("metadata", Mapping.of("name", Value.of(destination.namespace())))
                .build();
        return Optional.of(new DesiredObject(
                ref, NAMESPACE, body, Digest.keyed(key, body), KindRanks.of(ref.groupKind()), Origin.NONE));
    }

    private String digest(List<Manifest> manifests) {
        var parts = new ArrayList<String>();
        for (var manifest : manifests)
            parts.add(Digest.keyed(key, manifest.body()).hex());
        parts.sort(Comparator.naturalOrder());
        var policy = placement.policy();
        Destination destination = placement.destination();
        var all = Mapping.builder()
                .put("manifests", Value.texts(parts))
                .put("namespace", destination.namespace())
                .put("mode", destination.namespaceMode().name())
                .put("create", (destination.createNamespace() ? Value.TRUE : Value.FALSE))
                .put("labels", Mapping.ofTexts(destination.labels()))
                .put("annotations", Mapping.ofTexts(destination.annotations()))
                .put("owner", placement.ownership().labelValue())
                .put("prune", (policy.prune() ? Value.TRUE : Value.FALSE))
                .put("adoption", adoption(policy.adoption()))
                .put("runAs", policy.runAs().orElse(""))
                .put(
                        "ignore",
                        Value.of(policy.ignore().stream().map(Settling::rule).toList()))
                .build();
        return Digest.keyed(key, all).hex();
    }

    private static Value adoption(Placement.Adoption adoption) {
        return switch (adoption) {
            case Placement.Adoption.Never _ -> Value.of("never");
            case Placement.Adoption.Unmanaged _ -> Value.of("unmanaged");
            case Placement.Adoption.From(var tools) -> Value.texts(tools);
        };
    }

    private static Value rule(Placement.Ignore rule) {
        return Mapping.builder()
                .put("kind", rule.kind())
                .put("name", rule.name().orElse(""))
                .put("paths", Value.texts(rule.paths()))
                .build();
    }
}
