package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Gives every namespace its service account `default` and the bundle of the cluster's certificate authority.
final class Accounts implements Controller {

    private static final String BUNDLE = "kube-root-ca.crt";

    private final Acts acts;

    Accounts(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        var item = change.item();
        switch (shelf.name()) {
            case "namespaces" -> look.accept(item.name());
            case "serviceaccounts" -> {
                if (item.name().equals("default")) look.accept(item.namespace());
            }
            case "configmaps" -> {
                if (item.name().equals(BUNDLE)) look.accept(item.namespace());
            }
            default -> {}
        }
    }

    @Override
    public Optional<Instant> look(String key) {
        var namespace = acts.find("namespaces", key);
        if (namespace == null || Meta.terminating(namespace.tree())) return Optional.empty();
        if (acts.find("serviceaccounts", key + "/default") == null) {
            acts.ensure(object("ServiceAccount", key, "default"));
        }
        if (acts.find("configmaps", key + "/" + BUNDLE) == null) {
            acts.ensure(object("ConfigMap", key, BUNDLE)
                    .with("data", Mapping.of("ca.crt", Value.of("# this sandbox speaks plain HTTP\n"))));
        }
        return Optional.empty();
    }

    private static Mapping object(String kind, String namespace, String name) {
        return Mapping.builder()
                .put("kind", kind)
                .put("apiVersion", "v1")
                .put(
                        "metadata",
                        Mapping.builder()
                                .put("name", name)
                                .put("namespace", namespace)
                                .build())
                .build();
    }
}
