package dev.holdfast.cluster.kubeconfig;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;

/// What a kubeconfig from a Secret may say. Whoever may write that Secret must not thereby run programs in our
/// container or send its files to a server of their own.
public final class KubeconfigPolicy {

    private static final List<String> USER_PROGRAMS = List.of("exec", "auth-provider");
    private static final List<String> USER_FILES = List.of("client-certificate", "client-key", "tokenFile");
    private static final List<String> CLUSTER_FILES = List.of("certificate-authority");

    private KubeconfigPolicy() {}

    /// @throws FaultException terminal `KubeconfigRefused`, naming the entry and the field
    public static void refuseForeignPower(Mapping config) {
        for (Value item : config.sequence("users")) {
            if (item instanceof Mapping entry) {
                refuse(entry, "user", USER_PROGRAMS, "would run a program", "Use a token or a client certificate");
                refuse(entry, "user", USER_FILES, "names a file", "Put the content itself into the Secret");
            }
        }
        for (Value item : config.sequence("clusters")) {
            if (item instanceof Mapping entry) {
                refuse(entry, "cluster", CLUSTER_FILES, "names a file", "Use certificate-authority-data");
            }
        }
    }

    private static void refuse(Mapping entry, String kind, List<String> fields, String effect, String next) {
        for (var field : fields) {
            var value = entry.at(kind, field);
            if (value == null || value.isNull() || value.equals(Value.of(""))) continue;
            var name = entry.text("name").orElse("");
            throw new FaultException(Fault.terminal(
                    "KubeconfigRefused",
                    "the kubeconfig's " + kind + " `" + name + "` has `" + field + "`, which " + effect
                            + " where Holdfast runs",
                    next));
        }
    }
}
