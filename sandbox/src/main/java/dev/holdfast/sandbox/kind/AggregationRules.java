package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.Base64;

/// Groups that another server answers for.
final class AggregationRules {

    private static final long MOST_GROUP_PRIORITY = 20_000;
    private static final long MOST_VERSION_PRIORITY = 1_000;

    private AggregationRules() {}

    static void check(Mapping apiService, Problems problems) {
        var spec = apiService.mapping("spec");
        var group = spec.text("group").orElse("");
        var version = spec.text("version").orElse("");
        var name = apiService.text("metadata", "name").orElse("");
        var wanted = version + "." + group;
        if (!name.equals(wanted)) {
            problems.invalid("metadata.name", name, "must be `spec.version+\".\"+spec.group`: \"" + wanted + "\"");
        }
        if (group.isEmpty() && !version.equals("v1")) {
            problems.required("spec.group", "only v1 may have an empty group and it better be legacy kube");
        }
        if (!group.isEmpty()) {
            for (var wrong : Names.subdomain(group)) problems.invalid("spec.group", group, wrong);
        }
        for (var wrong : Names.oldLabel(version)) problems.invalid("spec.version", version, wrong);
        priority(spec, "groupPriorityMinimum", MOST_GROUP_PRIORITY, problems);
        priority(spec, "versionPriority", MOST_VERSION_PRIORITY, problems);
        int bundle = bundle(spec);
        boolean insecure = spec.bool("insecureSkipTLSVerify").orElse(false);
        if (!(spec.get("service") instanceof Mapping service)) {
            if (bundle > 0) {
                problems.invalid("spec.caBundle", bundle + " bytes", "local APIServices may not have a caBundle");
            }
            if (insecure) {
                problems.invalid(
                        "spec.insecureSkipTLSVerify",
                        Value.TRUE,
                        "local APIServices may not have insecureSkipTLSVerify");
            }
            return;
        }
        if (service.text("namespace").orElse("").isEmpty()) problems.required("spec.service.namespace", "");
        if (service.text("name").orElse("").isEmpty()) problems.required("spec.service.name", "");
        long port = service.whole("port").orElse(443L);
        if (port < 1 || port > 65_535) {
            problems.invalid(
                    "spec.service.port", Value.of(port), "port is not valid: must be between 1 and 65535, inclusive");
        }
        if (insecure && bundle > 0) {
            problems.invalid("spec.insecureSkipTLSVerify", Value.TRUE, "may not be true if caBundle is present");
        }
    }

    private static void priority(Mapping spec, String field, long most, Problems problems) {
        long priority = spec.whole(field).orElse(0L);
        if (priority > 0 && priority <= most) return;
        problems.invalid("spec." + field, Value.of(priority), "must be positive and less than " + most);
    }

    private static int bundle(Mapping spec) {
        try {
            return Base64.getDecoder().decode(spec.text("caBundle").orElse("")).length;
        } catch (IllegalArgumentException _) {
            return 0;
        }
    }
}
