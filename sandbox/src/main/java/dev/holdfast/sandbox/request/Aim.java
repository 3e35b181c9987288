package dev.holdfast.sandbox.request;

import java.util.List;
import java.util.Optional;

/// What a request is about, by the rules of Kubernetes' addresses: verb, group, version, namespace, resource, name
/// and subresource; empty texts where a part is absent. Whether the resource exists is not judged here.
public record Aim(
        String verb, String group, String version, String namespace, String resource, String name, String subresource) {

    /// Empty for addresses that are about no resource (`/version`, `/apis`, `/apis/apps`).
    public static Optional<Aim> of(Call call) {
        var path = call.path();
        if (path.size() < 3) return Optional.empty();
        var root = path.getFirst();
        if (root.equals("api")) return resource(call, "", path.get(1), path.subList(2, path.size()));
        if (root.equals("apis") && path.size() > 3) {
            return resource(call, path.get(1), path.get(2), path.subList(3, path.size()));
        }
        return Optional.empty();
    }

    private static Optional<Aim> resource(Call call, String group, String version, List<String> rest) {
        var namespace = "";
        var parts = rest;
        if (rest.getFirst().equals("namespaces") && rest.size() > 1) {
            namespace = rest.get(1);
            boolean own = rest.size() == 2
                    || rest.size() == 3
                            && (rest.get(2).equals("status") || rest.get(2).equals("finalize"));
            if (!own) parts = rest.subList(2, rest.size());
        }
        var resource = parts.getFirst();
        var name = parts.size() > 1 ? parts.get(1) : "";
        var subresource = parts.size() > 2 ? String.join("/", parts.subList(2, parts.size())) : "";
        var verb = verb(call, name);
        return Optional.of(new Aim(verb, group, version, namespace, resource, name, subresource));
    }

    private static String verb(Call call, String name) {
        return switch (call.method()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            case "GET", "HEAD" -> {
                if (!name.isEmpty()) yield "get";
                yield call.query().flag("watch") ? "watch" : "list";
            }
            default -> call.method().toLowerCase(java.util.Locale.ROOT);
        };
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// Whether it is about all objects of the resource, or a new one.
    public boolean collection() {
        return name.isEmpty();
    }
}
