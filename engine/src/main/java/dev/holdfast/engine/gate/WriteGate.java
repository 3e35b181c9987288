package dev.holdfast.engine.gate;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import java.util.Optional;

/// Which writes an app may make at all, before the cluster is asked. Every write passes here twice: when it is
/// planned, and at the instant when it is sent. `holdfastNamespace` is where Holdfast keeps inventories and keys.
public record WriteGate(Standing standing, String holdfastNamespace) {

    /// Names in Holdfast's own namespace that no app may touch: inventories, the installation's key.
    private static final String RESERVED = "holdfast-";

    /// With whose rights an app without a service account of its own writes.
    public enum Standing {
        /// In a cluster: an app without `runAs` may write only into its own namespace.
        CONFINED,
        /// Started with a person's kubeconfig: what that person may.
        STARTER
    }

    public enum Verb {
        CREATE("create"),
        APPLY("apply"),
        DELETE("delete"),
        /// Taking our marks off.
        RELEASE("release");

        private final String word;

        Verb(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// Empty when the write may go on to the cluster's own judgement.
    public Optional<Fault> check(Placement placement, Ref ref, Verb verb) {
        if (reserved(ref)) {
            return refused(
                    ref,
                    "OwnRecordsRefused",
                    "an app may not " + verb.word() + " " + ref.words() + ", which Holdfast keeps its own records in",
                    "Rename the object, or put it into another namespace");
        }
        if (standing == Standing.STARTER || placement.policy().runAs().isPresent()) return Optional.empty();
        var own = placement.key().app().namespace();
        boolean ownNamespace = ref.group().isEmpty()
                && ref.kind().equals("Namespace")
                && ref.name().equals(own)
                && verb == Verb.APPLY;
        if (ref.namespace().equals(own) || ownNamespace) return Optional.empty();
        return refused(
                ref,
                "OutsideNamespace",
                "App %s has no service account and may write only into its own namespace %s, so it may not %s %s"
                        .formatted(placement.key().app(), own, verb.word(), ref.words()),
                "Set spec.runAs.serviceAccount, or start Holdfast with --default-service-account");
    }

    private boolean reserved(Ref ref) {
        boolean storage = ref.group().isEmpty()
                && (ref.kind().equals("ConfigMap") || ref.kind().equals("Secret"));
        return storage
                && ref.namespace().equals(holdfastNamespace)
                && ref.name().startsWith(RESERVED);
    }

    private static Optional<Fault> refused(Ref ref, String code, String message, String next) {
        return Optional.of(Fault.terminal(code, message, next).about(ref));
    }
}
