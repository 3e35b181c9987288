package dev.holdfast.sandbox.resource;

import dev.holdfast.model.Gvk;
import java.util.List;
import java.util.Optional;

/// A resource in one version of its API group, as discovery tells of it.
public record ResourceType(
        Gvk gvk, Names names, Scope scope, List<String> verbs, List<Subresource> subresources, Nature nature) {

    public ResourceType {
        verbs = List.copyOf(verbs);
        subresources = List.copyOf(subresources);
    }

    public enum Scope {
        NAMESPACED,
        CLUSTER
    }

    /// Whether the kind is built in (typed, with defaults of its own) or made by a definition.
    public enum Nature {
        BUILT_IN,
        CUSTOM
    }

    public record Names(
            String plural, String singular, String listKind, List<String> shortNames, List<String> categories) {
        public Names {
            shortNames = List.copyOf(shortNames);
            categories = List.copyOf(categories);
        }
    }

    /// `status`, `scale`, `log` …; its kind may be of another group.
    public record Subresource(String name, Gvk kind, List<String> verbs) {
        public Subresource {
            verbs = List.copyOf(verbs);
        }
    }

    public String group() {
        return gvk.group();
    }

    public String version() {
        return gvk.version();
    }

    public String kind() {
        return gvk.kind();
    }

    public String apiVersion() {
        return gvk.apiVersion();
    }

    public String plural() {
        return names.plural();
    }

    public boolean namespaced() {
        return scope == Scope.NAMESPACED;
    }

    public boolean custom() {
        return nature == Nature.CUSTOM;
    }

    /// `deployments.apps`; the plural alone in the core group.
    public String qualified() {
        return group().isEmpty() ? plural() : plural() + "." + group();
    }

    /// Where its objects are kept: one place for all versions, and for both views of events.
    public String shelf() {
        return qualified().equals("events.events.k8s.io") ? "events" : qualified();
    }

    public boolean allows(String verb) {
        return verbs.contains(verb);
    }

    public Optional<Subresource> subresource(String name) {
        return subresources.stream().filter(sub -> sub.name().equals(name)).findFirst();
    }

    public String key(String namespace, String name) {
        return namespaced() ? namespace + "/" + name : name;
    }
}
