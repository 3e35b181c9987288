package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Optional;

/// Volumes, claims to them, and their classes.
final class StorageRules {

    private static final List<String> MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    private static final String SEALED =
            "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

    private enum Binding {
        OPEN,
        BOUND
    }

    private StorageRules() {}

    static void claim(Mapping spec, String path, Problems problems) {
        if (spec.sequence("accessModes").isEmpty()) {
            problems.required(child(path, "accessModes"), "at least 1 access mode is required");
        }
        modes(spec, path, problems);
        if (spec.at("resources", "requests", "storage") == null) {
            problems.required(child(path, "resources[storage]"), "");
        } else if (quantity(spec).filter(size -> size.signum() <= 0).isPresent()) {
            problems.invalid(
                    child(path, "resources[storage]"),
                    spec.at("resources", "requests", "storage"),
                    "must be greater than zero");
        }
        problems.oneOf(spec, path, "volumeMode", List.of("Block", "Filesystem"));
        var storageClass = spec.text("storageClassName").orElse("");
        if (storageClass.isEmpty()) return;
        for (var wrong : Names.subdomain(storageClass)) {
            problems.invalid(child(path, "storageClassName"), storageClass, wrong);
        }
    }

    private static void modes(Mapping spec, String path, Problems problems) {
        for (var mode : spec.sequence("accessModes")) {
            if (!MODES.contains(mode.asText().orElse(""))) {
                problems.notSupported(child(path, "accessModes"), mode, MODES);
            }
        }
    }

    private static Optional<Quantity> quantity(Mapping claimSpec) {
        return claimSpec.text("resources", "requests", "storage").flatMap(Quantity::find);
    }

    /// A bound claim can only ask for more; the binder sets the volume of an unbound one.
    static void claimChange(Mapping claim, Mapping old, Problems problems) {
        var spec = claim.mapping("spec");
        var before = old.mapping("spec");
        boolean bound = old.text("status", "phase").orElse("").equals("Bound");
        var binding = bound ? Binding.BOUND : Binding.OPEN;
        if (!comparable(spec, before, binding).equals(comparable(before, before, binding))) {
            problems.forbidden("spec", SEALED);
        }
        var asked = quantity(spec);
        var had = quantity(before);
        if (asked.isPresent() && had.isPresent() && asked.get().compareTo(had.get()) < 0) {
            var held = claim.text("status", "capacity", "storage").flatMap(Quantity::find);
            if (held.isPresent() && asked.get().compareTo(held.get()) <= 0) {
                problems.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
            }
        }
        problems.immutable("volumeMode", spec.get("volumeMode"), before.get("volumeMode"));
    }

    private static Mapping comparable(Mapping spec, Mapping before, Binding binding) {
        var rest = binding == Binding.BOUND ? spec.without("resources").without("volumeAttributesClassName") : spec;
        boolean free = before.text("volumeName").orElse("").isEmpty();
        if (free) rest = rest.without("volumeName");
        // a claim that was made before there was a default class may get one
        return before.has("storageClassName") ? rest : rest.without("storageClassName");
    }

    static void volume(Mapping volume, Problems problems) {
        var spec = volume.mapping("spec");
        if (spec.sequence("accessModes").isEmpty()) problems.required("spec.accessModes", "");
        modes(spec, "spec", problems);
        var capacity = spec.mapping("capacity");
        if (capacity.isEmpty()) problems.required("spec.capacity", "");
        else if (!capacity.has("storage") || capacity.size() > 1) {
            problems.notSupported("spec.capacity", capacity, List.of("storage"));
        }
        if (capacity.text("storage")
                .flatMap(Quantity::find)
                .filter(size -> size.signum() <= 0)
                .isPresent()) {
            problems.invalid("spec.capacity[storage]", capacity.get("storage"), "must be greater than zero");
        }
        var sources = source(spec).keys();
        if (sources.isEmpty()) problems.required("spec", "must specify a volume type");
        for (var source : sources.subList(Math.min(1, sources.size()), sources.size())) {
            problems.forbidden("spec." + source, "may not specify more than 1 volume type");
        }
        problems.oneOf(spec, "spec", "persistentVolumeReclaimPolicy", List.of("Delete", "Recycle", "Retain"));
    }

    static void volumeChange(Mapping volume, Mapping old, Problems problems) {
        problems.immutable("spec.volumeMode", volume.at("spec", "volumeMode"), old.at("spec", "volumeMode"));
        if (!source(volume.mapping("spec")).equals(source(old.mapping("spec")))) {
            problems.forbidden(
                    "spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation");
        }
    }

    private static Mapping source(Mapping spec) {
        var source = spec;
        for (var other : List.of(
                "capacity",
                "accessModes",
                "claimRef",
                "persistentVolumeReclaimPolicy",
                "storageClassName",
                "mountOptions",
                "volumeMode",
                "nodeAffinity",
                "volumeAttributesClassName")) {
            source = source.without(other);
        }
        return source;
    }

    static void storageClass(Mapping storageClass, Problems problems) {
        if (storageClass.text("provisioner").orElse("").isEmpty()) problems.required("provisioner", "");
        problems.oneOf(storageClass, "", "reclaimPolicy", List.of("Delete", "Retain"));
        problems.oneOf(storageClass, "", "volumeBindingMode", List.of("Immediate", "WaitForFirstConsumer"));
    }

    static void storageClassChange(Mapping storageClass, Mapping old, Problems problems) {
        if (!storageClass.mapping("parameters").equals(old.mapping("parameters"))) {
            problems.forbidden("parameters", "updates to parameters are forbidden.");
        }
        for (var field : List.of("provisioner", "reclaimPolicy")) {
            Value now = storageClass.find(field).orElse(Value.none());
            if (!now.equals(old.find(field).orElse(Value.none()))) {
                problems.forbidden(field, "updates to " + field + " are forbidden.");
            }
        }
        problems.immutable("volumeBindingMode", storageClass.get("volumeBindingMode"), old.get("volumeBindingMode"));
    }
}
