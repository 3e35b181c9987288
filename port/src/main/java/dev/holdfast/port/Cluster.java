package dev.holdfast.port;

import dev.holdfast.model.Discovery;
import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One Kubernetes API. Every method may throw {@link dev.holdfast.model.FaultException}: transient `Unreachable`
/// when there was no answer. What the server answered is a value, also when it refused.
public interface Cluster {

    /// A stable name for messages: `in-cluster`, a kubeconfig's context.
    String name();

    /// Reads discovery anew. Groups that did not answer are named in the result, never silently missing.
    Discovery discover();

    /// The OpenAPI v3 document of a group version (`v1`, `apps/v1`); empty where the server has none. Cached by the
    /// server's hash.
    Optional<Mapping> openApi(String apiVersion);

    Answer read(Address address, Caller caller);

    /// Server-side apply.
    Answer apply(Apply apply, Caller caller);

    /// POST to the collection; `fieldManager` names the writer.
    Answer create(Address address, Mapping body, String fieldManager, Caller caller);

    /// PUT; with metadata.resourceVersion in the body it fails on a concurrent change.
    Answer replace(Address address, Mapping body, String fieldManager, Caller caller);

    Answer patch(Address address, Patch patch, String fieldManager, Caller caller);

    Answer delete(Delete delete, Caller caller);

    /// All objects of a resource, page by page; `each` sees one object at a time. A list that ends early throws:
    /// partial lists do not exist. Returns the list's resourceVersion.
    /// @throws dev.holdfast.model.FaultException also terminal `Forbidden` or `NotFound` where the server refused
    String list(Selection selection, Caller caller, Consumer<Mapping> each);

    /// Lists, then watches for ever: resumes after bookmarks, lists again after 410, reconnects with backoff.
    /// Blocks until the running task is cancelled.
    /// @throws dev.holdfast.model.FaultException terminal where listing or watching is forbidden or the resource is
    /// gone
    void follow(Selection selection, Follower follower);

    /// One object's place: resource, namespace (empty for cluster scope), name (empty for a collection),
    /// subresource (empty for none).
    record Address(ApiResource resource, String namespace, String name, String subresource) {
        public static Address of(ApiResource resource, String namespace, String name) {
            return new Address(resource, namespace, name, "");
        }

        public Address sub(String subresource) {
            return new Address(resource, namespace, name, subresource);
        }
    }

    /// Which objects: one namespace or all (empty), a label selector or none (empty), one name or all (empty),
    /// whole or metadata only.
    record Selection(ApiResource resource, String namespace, String labelSelector, String name, Form form) {
        public static Selection all(ApiResource resource) {
            return new Selection(resource, "", "", "", Form.WHOLE);
        }
    }

    enum Form {
        WHOLE,
        METADATA
    }

    record Apply(Address address, Mapping body, String fieldManager, Conflicts conflicts, Effect effect) {}

    enum Conflicts {
        REFUSE,
        FORCE
    }

    enum Effect {
        WRITE,
        DRY_RUN
    }

    sealed interface Patch {
        record Merge(Mapping body) implements Patch {}

        record Json(List<? extends Value> operations) implements Patch {}
    }

    /// A delete always carries the uid of the object that is meant.
    record Delete(Address address, String uid, Optional<String> resourceVersion, Propagation propagation) {}

    enum Propagation {
        BACKGROUND,
        FOREGROUND,
        ORPHAN
    }

    /// Who a request is made as.
    sealed interface Caller {
        Self SELF = new Self();

        record Self() implements Caller {}

        /// Impersonates a service account.
        record ServiceAccount(String namespace, String name) implements Caller {
            public ServiceAccount {
                if (namespace.isEmpty() || name.isEmpty()) {
                    throw new IllegalArgumentException("an impersonated service account has a namespace and a name");
                }
            }

            public String user() {
                return "system:serviceaccount:" + namespace + ":" + name;
            }
        }
    }

    /// What the server said to a single request.
    sealed interface Answer {
        /// 2xx. `status` tells created (201) from changed or unchanged (200). `warnings` are the server's Warning
        /// headers.
        record Done(int status, Mapping body, List<String> warnings) implements Answer {}

        /// An error status, with what its Status body says.
        record Refused(ApiStatus status) implements Answer {}
    }

    /// A Kubernetes Status. `plainNotFound`: a 404 that is not about an object but says that there is no such API.
    record ApiStatus(int code, String reason, String message, List<Cause> causes, Optional<Integer> retryAfterSeconds) {
        public ApiStatus {
            causes = List.copyOf(causes);
        }
    }

    record Cause(String reason, String message, String field) {}

    /// Hears what a {@link #follow} sees, one call at a time.
    interface Follower {
        /// Whether this version of the object is known already, so that it need not be decoded.
        boolean knows(String uid, String resourceVersion);

        /// A full list begins: everything not heard of until {@link #listed} is gone.
        void listing();

        void present(Mapping object);

        void gone(Mapping object);

        /// The list is complete; from here on changes follow.
        void listed(String resourceVersion);

        /// Reading failed for now; it will be tried again. What is known may be old.
        void interrupted(dev.holdfast.model.Fault fault);
    }
}
