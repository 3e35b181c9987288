package dev.holdfast.server;

import dev.holdfast.dialect.AppDefinition;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.home.Home;
import dev.holdfast.runtime.home.Kinds;
import java.time.Duration;

/// Sees to it that the cluster knows Apps, in this program's version of their definition.
final class DefinitionInstall {

    private static final Address PLACE = Address.of(Kinds.DEFINITIONS, "", AppDefinition.NAME);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final Tasks tasks;

    DefinitionInstall(Cluster cluster, Tasks tasks) {
        this.cluster = cluster;
        this.tasks = tasks;
    }

    void run() {
        var apply = new Cluster.Apply(
                PLACE, AppDefinition.crd(), Home.MANAGER, Cluster.Conflicts.FORCE, Cluster.Effect.WRITE);
        var body = switch (cluster.apply(apply, Caller.SELF)) {
            case Answer.Done(var _, var answer, var _) -> answer;
            case Answer.Refused(var status) -> throw failed(status.message());
        };
        awaitEstablished(body);
    }

    private void awaitEstablished(Mapping first) {
        var deadline = tasks.now().plus(LIMIT);
        var seen = first;
        while (!established(seen)) {
            if (tasks.now().isAfter(deadline))
                throw failed("it was not established within " + LIMIT.toSeconds() + " s");
            tasks.sleepUntil(tasks.now().plusMillis(50));
            if (cluster.read(PLACE, Caller.SELF) instanceof Answer.Done(var _, var body, var _)) seen = body;
        }
    }

    private static boolean established(Mapping definition) {
        return definition.mapping("status").sequence("conditions").mappings().stream()
                .anyMatch(condition -> condition.text("type").orElse("").equals("Established")
                        && condition.text("status").orElse("").equals("True"));
    }

    private FaultException failed(String reason) {
        return new FaultException(Fault.terminal(
                "DefinitionNotInstalled",
                "the definition " + AppDefinition.NAME + " could not be installed in " + cluster.name() + ": " + reason,
                "Let an administrator apply deploy/crds/holdfastapps.yaml"));
    }
}
