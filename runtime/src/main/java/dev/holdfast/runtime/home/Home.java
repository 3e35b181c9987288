package dev.holdfast.runtime.home;

import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import java.util.Map;
import java.util.Optional;

/// Holdfast's own namespace in a cluster. Everything here is written as Holdfast itself, never as an app's service
/// account.
public record Home(Cluster cluster, String namespace) {

    public static final String MANAGER = "holdfast";

    /// Makes the namespace where it is missing.
    public void ensure() {
        var place = Address.of(Kinds.NAMESPACES, "", namespace);
        if (cluster.read(place, Caller.SELF) instanceof Answer.Done) return;
        var body = Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "Namespace")
                .put(
                        "metadata",
                        Mapping.of("name", Value.of(namespace))
                                .with("labels", Mapping.ofTexts(Map.of("app.kubernetes.io/managed-by", "holdfast"))))
                .build();
        switch (cluster.create(place, body, MANAGER, Caller.SELF)) {
            case Answer.Done _ -> {}
            case Answer.Refused(var status) -> {
                if (status.code() != 409) throw refused(status, "creating namespace " + namespace);
            }
        }
    }

    public Address place(ApiResource resource, String name) {
        return Address.of(resource, namespace, name);
    }

    /// The object, empty where there is none.
    /// @throws FaultException when the server refused for another reason
    public Optional<Mapping> find(ApiResource resource, String name) {
        return switch (cluster.read(place(resource, name), Caller.SELF)) {
            case Answer.Done(var _, var body, var _) -> Optional.of(body);
            case Answer.Refused(var status) -> {
                if (status.code() == 404) yield Optional.empty();
                throw refused(status, "reading " + resource.gvk().kind() + " " + namespace + "/" + name);
            }
        };
    }

    /// Creates an object of ours; empty where another was faster.
    public Optional<Mapping> create(ApiResource resource, Mapping body) {
        var name = body.text("metadata", "name").orElse("");
        return switch (cluster.create(place(resource, name), body, MANAGER, Caller.SELF)) {
            case Answer.Done(var _, var made, var _) -> Optional.of(made);
            case Answer.Refused(var status) -> {
                if (status.reason().equals("AlreadyExists")) yield Optional.empty();
                throw refused(status, "creating " + resource.gvk().kind() + " " + namespace + "/" + name);
            }
        };
    }

    /// Replaces an object of ours in the version that the body names; empty where it changed meanwhile.
    public Optional<Mapping> replace(ApiResource resource, Mapping body) {
        var name = body.text("metadata", "name").orElse("");
        return switch (cluster.replace(place(resource, name), body, MANAGER, Caller.SELF)) {
            case Answer.Done(var _, var made, var _) -> Optional.of(made);
            case Answer.Refused(var status) -> {
                if (status.code() == 409 || status.code() == 404) yield Optional.empty();
                throw refused(status, "writing " + resource.gvk().kind() + " " + namespace + "/" + name);
            }
        };
    }

    /// Deletes an object of ours; one that is gone already is fine.
    public void delete(ApiResource resource, String name, String uid) {
        var delete = new Cluster.Delete(place(resource, name), uid, Optional.empty(), Cluster.Propagation.BACKGROUND);
        switch (cluster.delete(delete, Caller.SELF)) {
            case Answer.Done _ -> {}
            case Answer.Refused(var status) -> {
                // 409: another object of this name, which is not ours to delete
                if (status.code() != 404 && status.code() != 409) {
                    throw refused(status, "deleting " + resource.gvk().kind() + " " + namespace + "/" + name);
                }
            }
        }
    }

    private FaultException refused(Cluster.ApiStatus status, String doing) {
        return new FaultException(Refusals.fault(status, doing, cluster.name()));
    }
}
