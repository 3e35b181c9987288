package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What one container mounts, as folders and as devices.
final class MountRules {

    private final Mapping container;
    private final Map<String, Mapping> volumes;
    private final Problems problems;

    MountRules(Mapping container, Map<String, Mapping> volumes, Problems problems) {
        this.container = container;
        this.volumes = volumes;
        this.problems = problems;
    }

    private Map<String, String> places(String list, String field) {
        var places = new HashMap<String, String>();
        for (var mount : container.sequence(list).mappings()) {
            places.put(mount.text("name").orElse(""), mount.text(field).orElse(""));
        }
        return places;
    }

    void mounts(String path) {
        var devices = places("volumeDevices", "devicePath");
        var taken = new HashSet<String>();
        var mounts = container.sequence("volumeMounts");
        for (int i = 0; i < mounts.size(); i++) {
            if (!(mounts.get(i) instanceof Mapping mount)) continue;
            var place = item(path, i);
            var name = mount.text("name").orElse("");
            if (name.isEmpty()) problems.required(child(place, "name"), "");
            if (!volumes.containsKey(name)) problems.notFound(child(place, "name"), name);
            var target = mount.text("mountPath").orElse("");
            if (target.isEmpty()) problems.required(child(place, "mountPath"), "");
            if (!taken.add(target)) problems.invalid(child(place, "mountPath"), target, "must be unique");
            if (devices.containsKey(name)) {
                problems.invalid(child(place, "name"), name, "must not already exist in volumeDevices");
            }
            if (devices.containsValue(target)) {
                problems.invalid(
                        child(place, "mountPath"), target, "must not already exist as a path in volumeDevices");
            }
            parts(mount, place, path);
        }
    }

    /// Parts of volumes are named where the list is, not where the mount is: so says the API server.
    private void parts(Mapping mount, String place, String path) {
        var image = volumes.getOrDefault(mount.text("name").orElse(""), Mapping.EMPTY);
        var part = mount.text("subPath").orElse("");
        var pattern = mount.text("subPathExpr").orElse("");
        for (var field : List.of("subPath", "subPathExpr")) {
            var value = mount.text(field).orElse("");
            if (image.has("image") && !value.isEmpty()) {
                problems.invalid(child(place, field), value, "not allowed in image volume sources");
            }
        }
        if (!part.isEmpty()) VolumeRules.descending(part, child(path, "subPath"), problems);
        if (!pattern.isEmpty()) {
            if (!part.isEmpty()) {
                problems.invalid(
                        child(place, "subPathExpr"), pattern, "subPathExpr and subPath are mutually exclusive");
            }
            VolumeRules.descending(pattern, child(path, "subPathExpr"), problems);
        }
        var spreads = List.of("Bidirectional", "HostToContainer", "None");
        problems.oneOf(mount, path, "mountPropagation", spreads);
        boolean privileged = container.bool("securityContext", "privileged").orElse(false);
        if (mount.text("mountPropagation").orElse("").equals("Bidirectional") && !privileged) {
            problems.forbidden(
                    child(path, "mountPropagation"),
                    "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    void devices(String path) {
        var mounts = places("volumeMounts", "mountPath");
        var names = new HashSet<String>();
        var taken = new HashSet<String>();
        var devices = container.sequence("volumeDevices");
        for (int i = 0; i < devices.size(); i++) {
            if (!(devices.get(i) instanceof Mapping device)) continue;
            var place = item(path, i);
            var name = device.text("name").orElse("");
            if (name.isEmpty()) problems.required(child(place, "name"), "");
            if (!name.isEmpty() && !names.add(name)) problems.invalid(child(place, "name"), name, "must be unique");
            var volume = volumes.get(name);
            if (volume == null) problems.notFound(child(place, "name"), name);
            else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
                problems.invalid(
                        child(place, "name"),
                        name,
                        "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
            }
            var target = device.text("devicePath").orElse("");
            if (target.isEmpty()) problems.required(child(place, "devicePath"), "");
            if (!taken.add(target)) problems.invalid(child(place, "devicePath"), Value.of(target), "must be unique");
            if (List.of(target.split("/", -1)).contains("..")) {
                problems.invalid(child(place, "devicePath"), target, "can not contain backsteps ('..')");
            }
            if (mounts.containsKey(name)) {
                problems.invalid(child(place, "name"), name, "must not already exist in volumeMounts");
            }
            if (mounts.containsValue(target)) {
                problems.invalid(
                        child(place, "devicePath"), target, "must not already exist as a path in volumeMounts");
            }
        }
    }
}
