package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// As whom a pod and its containers run.
final class SecurityRules {

    private static final String SYSCTL = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    /// Without nesting, so that no text is slow; dots and slashes can't stand side by side or at an end.
    private static final Pattern SYSCTL_PARTS = Pattern.compile("[a-z0-9]([-_a-z0-9]*[a-z0-9])?");

    private static final List<String> PROFILES = List.of("Localhost", "RuntimeDefault", "Unconfined");

    private SecurityRules() {}

    static void pod(Mapping spec, String path, Problems problems) {
        var context = spec.mapping("securityContext");
        for (var field : List.of("fsGroup", "runAsUser", "runAsGroup")) identity(context, path, field, problems);
        var groups = context.sequence("supplementalGroups");
        for (int i = 0; i < groups.size(); i++) {
            identity(groups.get(i), item(child(path, "supplementalGroups"), i), problems);
        }
        boolean shared = spec.bool("shareProcessNamespace").orElse(false);
        if (shared && spec.bool("hostPID").orElse(false)) {
            problems.invalid(
                    child(path, "shareProcessNamespace"),
                    Value.TRUE,
                    "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        sysctls(context, child(path, "sysctls"), problems);
        problems.oneOf(context, path, "fsGroupChangePolicy", List.of("Always", "OnRootMismatch"));
        seccomp(context, child(path, "seccompProfile"), problems);
        armour(context, child(path, "appArmorProfile"), problems);
        problems.oneOf(context, path, "supplementalGroupsPolicy", List.of("Merge", "Strict"));
        problems.oneOf(context, path, "seLinuxChangePolicy", List.of("MountOption", "Recursive"));
    }

    private static void identity(Mapping context, String path, String field, Problems problems) {
        var number = context.get(field);
        if (number != null) identity(number, child(path, field), problems);
    }

    private static void identity(Value number, String path, Problems problems) {
        if (number instanceof Value.Whole(var id, var _) && (id < 0 || id > Integer.MAX_VALUE)) {
            problems.invalid(path, number, "must be between 0 and 2147483647, inclusive");
        }
    }

    private static void sysctls(Mapping context, String path, Problems problems) {
        var names = new HashSet<String>();
        var settings = context.sequence("sysctls");
        for (int i = 0; i < settings.size(); i++) {
            if (!(settings.get(i) instanceof Mapping setting)) continue;
            var place = child(item(path, i), "name");
            var name = setting.text("name").orElse("");
            if (name.isEmpty()) problems.required(place, "");
            else if (!sysctl(name)) {
                problems.invalid(place, name, "must have at most 253 characters and match regex " + SYSCTL);
            } else if (!names.add(name)) {
                problems.duplicate(place, Value.of(name));
            }
        }
    }

    private static boolean sysctl(String name) {
        if (name.length() > 253) return false;
        for (var part : name.split("[./]", -1)) if (!SYSCTL_PARTS.matcher(part).matches()) return false;
        return true;
    }

    private static void seccomp(Mapping context, String path, Problems problems) {
        if (!(context.get("seccompProfile") instanceof Mapping profile)) return;
        var type = profile.text("type").orElse("");
        if (type.isEmpty()) problems.required(child(path, "type"), "type is required when seccompProfile is set");
        else problems.oneOf(profile, path, "type", PROFILES);
        var local = profile.text("localhostProfile");
        if (!type.equals("Localhost")) {
            if (local.isEmpty()) return;
            problems.invalid(
                    child(path, "localhostProfile"),
                    GoForm.of("core.SeccompProfile", profile),
                    "can only be set when seccomp type is Localhost");
        } else if (local.isEmpty()) {
            problems.required(child(path, "localhostProfile"), "must be set when seccomp type is Localhost");
        } else {
            VolumeRules.descending(local.get(), child(path, "localhostProfile"), problems);
        }
    }

    private static void armour(Mapping context, String path, Problems problems) {
        if (!(context.get("appArmorProfile") instanceof Mapping profile)) return;
        var place = child(path, "localhostProfile");
        var local = profile.text("localhostProfile");
        switch (profile.text("type").orElse("")) {
            case "Localhost" -> {
                if (local.orElse("").isBlank()) {
                    problems.required(place, "must be set when AppArmor type is Localhost");
                } else if (!local.get().strip().equals(local.get())) {
                    problems.invalid(place, local.get(), "must not be padded with whitespace");
                }
            }
            case "RuntimeDefault", "Unconfined" -> {
                if (local.isPresent()) {
                    problems.invalid(place, local.get(), "can only be set when AppArmor type is Localhost");
                }
            }
            case "" -> problems.required(child(path, "type"), "type is required when appArmorProfile is set");
            default -> problems.oneOf(profile, path, "type", PROFILES);
        }
    }

    static void container(Mapping container, Mapping spec, String path, Problems problems) {
        if (!(container.get("securityContext") instanceof Mapping context)) return;
        for (var field : List.of("runAsUser", "runAsGroup")) identity(context, path, field, problems);
        problems.oneOf(context, path, "procMount", List.of("Default", "Unmasked"));
        boolean unmasked = context.text("procMount").orElse("").equals("Unmasked");
        if (unmasked && spec.bool("hostUsers").orElse(true)) {
            problems.invalid(child(path, "procMount"), "Unmasked", "`hostUsers` must be false to use `Unmasked`");
        }
        seccomp(context, child(path, "seccompProfile"), problems);
        if (!context.bool("allowPrivilegeEscalation").orElse(true)) {
            var shown = GoForm.of("core.SecurityContext", context);
            if (context.bool("privileged").orElse(false)) {
                problems.invalid(
                        path, shown, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
            }
            for (var added : context.sequence("capabilities", "add")) {
                if (!added.asText().orElse("").equals("CAP_SYS_ADMIN")) continue;
                problems.invalid(
                        path,
                        shown,
                        "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
            }
        }
        armour(context, child(path, "appArmorProfile"), problems);
    }
}
