package dev.holdfast.sandbox.access;

import dev.holdfast.sandbox.request.Aim;
import java.util.List;
import java.util.Locale;

/// What someone wants to do: a verb on a resource, or on a path that is no resource.
public record Attributes(
        String verb, String group, String resource, String subresource, String namespace, String name, String path) {

    public static Attributes of(Aim aim) {
        return new Attributes(
                aim.verb(), aim.group(), aim.resource(), aim.subresource(), aim.namespace(), aim.name(), "");
    }

    public static Attributes ofPath(String method, List<String> path) {
        var verb = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        return new Attributes(verb, "", "", "", "", "", "/" + String.join("/", path));
    }

    public static Attributes resource(String verb, String group, String resource, String namespace, String name) {
        return new Attributes(verb, group, resource, "", namespace, name, "");
    }

    public boolean aboutResource() {
        return path.isEmpty();
    }

    /// `deployments/scale`; the resource alone where there is no subresource.
    public String fullResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /// The end of the sentence that refuses: what the user cannot do.
    public String sentence() {
        if (!aboutResource()) return "cannot " + verb + " path \"" + path + "\"";
        var where = namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"";
        return "cannot " + verb + " resource \"" + fullResource() + "\" in API group \"" + group + "\" " + where;
    }
}
