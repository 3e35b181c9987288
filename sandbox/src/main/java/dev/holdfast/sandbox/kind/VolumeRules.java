package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The volumes of a pod.
final class VolumeRules {

    /// The order in which the API server looks for what a volume is made of.
    private static final List<String> SOURCES = List.of(
            "emptyDir",
            "hostPath",
            "gitRepo",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "secret",
            "nfs",
            "iscsi",
            "glusterfs",
            "flocker",
            "persistentVolumeClaim",
            "rbd",
            "cinder",
            "cephfs",
            "quobyte",
            "downwardAPI",
            "fc",
            "flexVolume",
            "configMap",
            "azureFile",
            "vsphereVolume",
            "photonPersistentDisk",
            "portworxVolume",
            "azureDisk",
            "storageos",
            "projected",
            "scaleIO",
            "csi",
            "ephemeral",
            "image");

    /// What some kinds of volume can't be without.
    private static final Map<String, List<String>> NEEDED = Map.ofEntries(
            Map.entry("secret", List.of("secretName")),
            Map.entry("configMap", List.of("name")),
            Map.entry("hostPath", List.of("path")),
            Map.entry("persistentVolumeClaim", List.of("claimName")),
            Map.entry("nfs", List.of("server", "path")),
            Map.entry("csi", List.of("driver")),
            Map.entry("gitRepo", List.of("repository")),
            Map.entry("iscsi", List.of("targetPortal", "iqn")),
            Map.entry("flexVolume", List.of("driver")),
            Map.entry("image", List.of("reference")));

    private static final List<String> HOST_PATHS = List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");

    private VolumeRules() {}

    /// The volumes that can be mounted, by their names: only those of which all is well.
    static Map<String, Mapping> check(Sequence volumes, String path, Problems problems) {
        var sound = new LinkedHashMap<String, Mapping>();
        for (int i = 0; i < volumes.size(); i++) {
            if (!(volumes.get(i) instanceof Mapping volume)) continue;
            var place = item(path, i);
            int before = problems.errors().size();
            source(volume, place, problems);
            var name = volume.text("name").orElse("");
            if (name.isEmpty()) problems.required(child(place, "name"), "");
            else for (var wrong : Names.label(name)) problems.invalid(child(place, "name"), name, wrong);
            if (sound.containsKey(name)) problems.duplicate(child(place, "name"), Value.of(name));
            if (problems.errors().size() == before) sound.put(name, volume);
        }
        return sound;
    }

    private static void source(Mapping volume, String path, Problems problems) {
        boolean found = false;
        for (var kind : SOURCES) {
            if (!(volume.get(kind) instanceof Mapping source)) continue;
            var place = child(path, kind);
            if (found) problems.forbidden(place, "may not specify more than 1 volume type");
            else kind(kind, source, place, problems);
            found = true;
        }
        if (!found) problems.required(path, "must specify a volume type");
    }

    private static void kind(String kind, Mapping source, String path, Problems problems) {
        for (var field : NEEDED.getOrDefault(kind, List.of())) {
            if (source.text(field).orElse("").isEmpty()) problems.required(child(path, field), "");
        }
        switch (kind) {
            case "emptyDir" -> {
                var limit = source.text("sizeLimit").flatMap(Quantity::find);
                if (limit.isPresent() && limit.get().signum() < 0) {
                    problems.forbidden(child(path, "sizeLimit"), "SizeLimit field must be a valid resource quantity");
                }
            }
            case "hostPath" -> {
                var place = source.text("path").orElse("");
                if (place.isEmpty()) return;
                noBacksteps(place, child(path, "path"), problems);
                problems.oneOf(source, path, "type", HOST_PATHS);
            }
            case "nfs" -> {
                if (!source.text("path").orElse("").startsWith("/")) {
                    problems.invalid(child(path, "path"), source.text("path").orElse(""), "must be an absolute path");
                }
            }
            case "secret", "configMap" -> {
                mode(source, path, "defaultMode", problems);
                files(source.sequence("items"), child(path, "items"), problems);
            }
            case "downwardAPI" -> {
                mode(source, path, "defaultMode", problems);
                for (var file : source.sequence("items").mappings()) ProjectionRules.file(file, path, problems);
            }
            case "projected" -> ProjectionRules.check(source, path, problems);
            case "csi" -> driver(source.text("driver").orElse(""), child(path, "driver"), problems);
            case "ephemeral" -> ephemeral(source, path, problems);
            case "image" -> problems.oneOf(source, path, "pullPolicy", List.of("Always", "IfNotPresent", "Never"));
            default -> {
                // nobody has such volumes today
            }
        }
    }

    private static void ephemeral(Mapping source, String path, Problems problems) {
        if (source.get("volumeClaimTemplate") instanceof Mapping template) {
            StorageRules.claim(template.mapping("spec"), child(path, "volumeClaimTemplate.spec"), problems);
        } else {
            problems.required(child(path, "volumeClaimTemplate"), "");
        }
    }

    static void driver(String driver, String path, Problems problems) {
        if (driver.isEmpty()) return;
        if (driver.length() > 63) problems.tooLong(path, 63);
        for (var wrong : Names.subdomain(driver.toLowerCase(Locale.ROOT))) problems.invalid(path, driver, wrong);
    }

    static void mode(Mapping owner, String path, String field, Problems problems) {
        if (owner.get(field) instanceof Value.Whole(var mode, var _) && (mode < 0 || mode > 0777)) {
            problems.invalid(
                    child(path, field), Value.of(mode), "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    /// Keys that become files.
    static void files(Sequence items, String path, Problems problems) {
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof Mapping file)) continue;
            var place = item(path, i);
            if (file.text("key").orElse("").isEmpty()) problems.required(child(place, "key"), "");
            var target = file.text("path").orElse("");
            if (target.isEmpty()) problems.required(child(place, "path"), "");
            unreserved(target, child(place, "path"), problems);
            mode(file, place, "mode", problems);
        }
    }

    static void unreserved(String target, String path, Problems problems) {
        descending(target, path, problems);
        if (target.startsWith("..") && !target.startsWith("../")) {
            problems.invalid(path, target, "must not start with '..'");
        }
    }

    static void descending(String target, String path, Problems problems) {
        if (target.startsWith("/")) problems.invalid(path, target, "must be a relative path");
        noBacksteps(target, path, problems);
    }

    static void noBacksteps(String target, String path, Problems problems) {
        if (List.of(target.split("/", -1)).contains("..")) problems.invalid(path, target, "must not contain '..'");
    }
}
