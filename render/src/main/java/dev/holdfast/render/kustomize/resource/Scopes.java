package dev.holdfast.render.kustomize.resource;

/// Whether objects of a kind certainly live outside namespaces.
public interface Scopes {
    boolean clusterScoped(String apiVersion, String kind);
}
