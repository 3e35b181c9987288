package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.read.Columns.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The columns of what a cluster is made of: nodes, volumes, storage classes, and who wants a certificate
/// (`pkg/printers/internalversion/printers.go`).
final class ClusterColumns {

    private static final String ROLE = "node-role.kubernetes.io/";
    private static final String UNSET = "<unset>";

    private ClusterColumns() {}

    static List<Column> nodes(Column age) {
        return List.of(
                Column.text("Status", ClusterColumns::nodeStatus),
                Column.text("Roles", ClusterColumns::roles),
                age,
                Column.path("Version", "status", "nodeInfo", "kubeletVersion"),
                Column.wide("Internal-IP", object -> address(object, "InternalIP")),
                Column.wide("External-IP", object -> address(object, "ExternalIP")),
                Column.wide("OS-Image", object -> system(object, "osImage")),
                Column.wide("Kernel-Version", object -> system(object, "kernelVersion")),
                Column.wide("Container-Runtime", object -> system(object, "containerRuntimeVersion")));
    }

    private static String nodeStatus(Mapping node) {
        var ready = node.sequence("status", "conditions").mappings().stream()
                .filter(each -> each.text("type").orElse("").equals("Ready"))
                .findFirst();
        var status = ready.isEmpty()
                ? "Unknown"
                : ready.get().text("status").orElse("").equals("True") ? "Ready" : "NotReady";
        return node.bool("spec", "unschedulable").orElse(false) ? status + ",SchedulingDisabled" : status;
    }

    private static String roles(Mapping node) {
        var roles = new TreeSet<String>();
        for (var label : node.mapping("metadata", "labels")) {
            if (label.key().startsWith(ROLE) && label.key().length() > ROLE.length()) {
                roles.add(label.key().substring(ROLE.length()));
            } else if (label.key().equals("kubernetes.io/role")
                    && !label.value().toString().isEmpty()) {
                roles.add(label.value().toString());
            }
        }
        return roles.isEmpty() ? "<none>" : String.join(",", roles);
    }

    private static String address(Mapping node, String type) {
        return node.sequence("status", "addresses").mappings().stream()
                .filter(each -> each.text("type").orElse("").equals(type))
                .findFirst()
                .flatMap(each -> each.text("address"))
                .orElse("<none>");
    }

    private static String system(Mapping node, String field) {
        return node.text("status", "nodeInfo", field)
                .filter(text -> !text.isEmpty())
                .orElse("<unknown>");
    }

    static List<Column> volumes(Column age) {
        return List.of(
                Column.path("Capacity", "spec", "capacity", "storage"),
                Column.text("Access Modes", object -> modes(object, "spec")),
                Column.path("Reclaim Policy", "spec", "persistentVolumeReclaimPolicy"),
                Column.text("Status", ClusterColumns::phase),
                Column.text("Claim", ClusterColumns::claim),
                Column.path("StorageClass", "spec", "storageClassName"),
                Column.text("VolumeAttributesClass", object -> or(object, UNSET, "volumeAttributesClassName")),
                Column.path("Reason", "status", "reason"),
                age,
                Column.wide("VolumeMode", object -> or(object, UNSET, "volumeMode")));
    }

    static List<Column> claims(Column age) {
        return List.of(
                Column.text("Status", ClusterColumns::phase),
                Column.path("Volume", "spec", "volumeName"),
                Column.text(
                        "Capacity",
                        object -> bound(object)
                                ? object.text("status", "capacity", "storage").orElse("0")
                                : ""),
                Column.text("Access Modes", object -> bound(object) ? modes(object, "status") : ""),
                Column.path("StorageClass", "spec", "storageClassName"),
                Column.text("VolumeAttributesClass", object -> or(object, UNSET, "volumeAttributesClassName")),
                age,
                Column.wide("VolumeMode", object -> or(object, UNSET, "volumeMode")));
    }

    private static boolean bound(Mapping claim) {
        return !claim.text("spec", "volumeName").orElse("").isEmpty();
    }

    private static String phase(Mapping object) {
        if (object.mapping("metadata").has("deletionTimestamp")) return "Terminating";
        return object.text("status", "phase").orElse("");
    }

    private static String claim(Mapping volume) {
        var claim = volume.mapping("spec", "claimRef");
        if (claim.isEmpty()) return "";
        return claim.text("namespace").orElse("") + "/" + claim.text("name").orElse("");
    }

    private static String or(Mapping object, String otherwise, String field) {
        return object.text("spec", field).orElse(otherwise);
    }

    /// In the order in which the API lists them, each once.
    private static String modes(Mapping object, String part) {
        var given = new TreeSet<String>();
        for (var mode : object.sequence(part, "accessModes")) given.add(mode.toString());
        var shown = new ArrayList<String>();
        if (given.contains("ReadWriteOnce")) shown.add("RWO");
        if (given.contains("ReadOnlyMany")) shown.add("ROX");
        if (given.contains("ReadWriteMany")) shown.add("RWX");
        if (given.contains("ReadWriteOncePod")) shown.add("RWOP");
        return String.join(",", shown);
    }

    static List<Column> storageClasses(Column age) {
        return List.of(
                Column.path("Provisioner", "provisioner"),
                Column.text(
                        "ReclaimPolicy", object -> object.text("reclaimPolicy").orElse("Delete")),
                Column.text(
                        "VolumeBindingMode",
                        object -> object.text("volumeBindingMode").orElse("Immediate")),
                new Column(
                        "AllowVolumeExpansion",
                        "string",
                        "",
                        0,
                        object -> object.bool("allowVolumeExpansion").orElse(false) ? Value.TRUE : Value.FALSE),
                age);
    }

    /// The one that claims get by default is marked in its name.
    static Column storageClassName() {
        return new Column("Name", "string", "name", 0, object -> {
            var name = object.text("metadata", "name").orElse("");
            boolean chosen = object.text("metadata", "annotations", "storageclass.kubernetes.io/is-default-class")
                    .orElse("")
                    .equals("true");
            return Value.of(chosen ? name + " (default)" : name);
        });
    }

    static List<Column> signingRequests(Column age) {
        return List.of(
                age,
                Column.path("SignerName", "spec", "signerName"),
                Column.path("Requestor", "spec", "username"),
                Column.text(
                        "RequestedDuration",
                        object -> object.whole("spec", "expirationSeconds")
                                .map(seconds -> Ages.written(java.time.Duration.ofSeconds(seconds)))
                                .orElse("<none>")),
                Column.text("Condition", ClusterColumns::verdict));
    }

    private static String verdict(Mapping request) {
        var said = "Pending";
        var failed = false;
        for (var condition : request.sequence("status", "conditions").mappings()) {
            switch (condition.text("type").orElse("")) {
                case "Approved" -> said = "Approved";
                case "Denied" -> said = "Denied";
                case "Failed" -> failed = true;
                default -> {}
            }
        }
        if (failed) said += ",Failed";
        return request.text("status", "certificate").orElse("").isEmpty() ? said : said + ",Issued";
    }
}
