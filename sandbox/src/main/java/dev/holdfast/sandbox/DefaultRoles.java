package dev.holdfast.sandbox;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// The cluster roles and bindings that a server has from the start, read from a table. Roles that gather others
/// come with the rules gathered.
final class DefaultRoles {

    private static final String RBAC = "rbac.authorization.k8s.io";

    private final Map<String, Role> roles = new LinkedHashMap<>();

    private static final class Role {
        final List<String> labels = new ArrayList<>();
        final List<Value> rules = new ArrayList<>();
        final List<String> groups = new ArrayList<>();
        String gathers = "";
    }

    private DefaultRoles() {}

    /// All objects, roles first.
    static List<Mapping> objects() {
        var read = new DefaultRoles();
        read.read();
        var objects = new ArrayList<Mapping>();
        read.roles.forEach((name, role) -> objects.add(read.role(name, role)));
        read.roles.forEach((name, role) -> {
            if (!role.groups.isEmpty()) objects.add(binding(name, role));
        });
        return objects;
    }

    private void read() {
        try (var table = DefaultRoles.class.getResourceAsStream("roles.txt")) {
            if (table == null) throw new IllegalStateException("the table of roles is missing");
            var current = new Role();
            for (var line : new String(table.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                var words = line.split(" ");
                switch (words[0]) {
                    case "role" -> {
                        current = new Role();
                        current.labels.addAll(List.of(words).subList(2, words.length));
                        roles.put(words[1], current);
                    }
                    case "gather" -> current.gathers = words[1];
                    case "rule" ->
                        current.rules.add(Mapping.builder()
                                .put("verbs", list(words[1]))
                                .put("apiGroups", words[2].equals("core") ? Value.texts(List.of("")) : list(words[2]))
                                .put("resources", list(words[3]))
                                .build());
                    case "path" ->
                        current.rules.add(Mapping.builder()
                                .put("verbs", list(words[1]))
                                .put("nonResourceURLs", list(words[2]))
                                .build());
                    case "bind" -> current.groups.addAll(List.of(words).subList(1, words.length));
                    default -> {}
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Value list(String words) {
        return Value.texts(List.of(words.split(",")));
    }

    private Mapping role(String name, Role role) {
        var labels = Mapping.builder().put("kubernetes.io/bootstrapping", "rbac-defaults");
        for (var label : role.labels) labels.put(label(label), "true");
        var object = Mapping.builder()
                .put("kind", "ClusterRole")
                .put("apiVersion", RBAC + "/v1")
                .put("metadata", metadata(name).put("labels", labels.build()).build())
                .put("rules", Value.of(role.gathers.isEmpty() ? role.rules : gathered(role.gathers)));
        if (!role.gathers.isEmpty()) {
            var selector = Mapping.of("matchLabels", Mapping.of(label(role.gathers), Value.of("true")));
            object.put("aggregationRule", Mapping.of("clusterRoleSelectors", Value.of(List.of(selector))));
        }
        return object.build();
    }

    private List<Value> gathered(String label) {
        var rules = new LinkedHashSet<Value>();
        for (var name : roles.keySet().stream().sorted().toList()) {
            var role = roles.get(name);
            if (role == null || !role.labels.contains(label)) continue;
            rules.addAll(role.gathers.isEmpty() ? role.rules : gathered(role.gathers));
        }
        return new ArrayList<>(rules);
    }

    private static String label(String what) {
        return RBAC + "/aggregate-to-" + what;
    }

    private static Mapping.Builder metadata(String name) {
        return Mapping.builder()
                .put("name", name)
                .put("annotations", Mapping.of("rbac.authorization.kubernetes.io/autoupdate", Value.of("true")));
    }

    private static Mapping binding(String name, Role role) {
        var subjects = new ArrayList<Value>();
        for (var group : role.groups) {
            subjects.add(Mapping.builder()
                    .put("kind", "Group")
                    .put("apiGroup", RBAC)
                    .put("name", group)
                    .build());
        }
        return Mapping.builder()
                .put("kind", "ClusterRoleBinding")
                .put("apiVersion", RBAC + "/v1")
                .put(
                        "metadata",
                        metadata(name)
                                .put("labels", Mapping.of("kubernetes.io/bootstrapping", Value.of("rbac-defaults")))
                                .build())
                .put("subjects", Value.of(subjects))
                .put(
                        "roleRef",
                        Mapping.builder()
                                .put("apiGroup", RBAC)
                                .put("kind", "ClusterRole")
                                .put("name", name)
                                .build())
                .build();
    }
}
