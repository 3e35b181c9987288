package dev.holdfast.sandbox.access;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who a request is made as.
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    public static final String MASTERS = "system:masters";
    public static final String AUTHENTICATED = "system:authenticated";
    private static final String ACCOUNT = "system:serviceaccount:";

    public static final User ADMIN = of("kubernetes-admin", MASTERS, AUTHENTICATED);
    public static final User ANONYMOUS = of("system:anonymous", "system:unauthenticated");

    public User {
        groups = List.copyOf(groups);
        extra = new LinkedHashMap<>(extra);
    }

    public static User of(String name, String... groups) {
        return new User(name, "", List.of(groups), Map.of());
    }

    public static User serviceAccount(String namespace, String name, String uid) {
        return new User(ACCOUNT + namespace + ":" + name, uid, accountGroups(namespace), Map.of());
    }

    static List<String> accountGroups(String namespace) {
        return List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, AUTHENTICATED);
    }

    /// The namespace and the name of a service account's user; empty for other users.
    static List<String> accountParts(String user) {
        if (!user.startsWith(ACCOUNT)) return List.of();
        var parts = user.substring(ACCOUNT.length()).split(":", -1);
        return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty() ? List.of(parts) : List.of();
    }

    public boolean in(String group) {
        return groups.contains(group);
    }

    /// As reviews tell of a user.
    public Mapping info() {
        var info = Mapping.builder().put("username", name);
        if (!uid.isEmpty()) info.put("uid", uid);
        if (!groups.isEmpty()) info.put("groups", Value.texts(groups));
        if (!extra.isEmpty()) {
            var more = Mapping.builder();
            extra.forEach((key, values) -> more.put(key, Value.texts(new ArrayList<>(values))));
            info.put("extra", more.build());
        }
        return info.build();
    }
}
