package dev.holdfast.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.gate.WriteGate.Standing;
import dev.holdfast.engine.gate.WriteGate.Verb;
import dev.holdfast.engine.world.Placements;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriteGateTest {

    private final Placement placement = Placements.named("shop");

    private Optional<String> code(Standing standing, Ref ref) {
        return new WriteGate(standing, "holdfast-system")
                .check(placement, ref, Verb.APPLY)
                .map(Fault::code);
    }

    @Test
    void aConfinedAppWritesIntoItsOwnNamespaceOnly() {
        assertThat(code(Standing.CONFINED, new Ref("", "ConfigMap", "team-a", "x")))
                .isEmpty();
        assertThat(code(Standing.CONFINED, new Ref("", "ConfigMap", "team-b", "x")))
                .contains("OutsideNamespace");
        assertThat(code(Standing.CONFINED, new Ref("rbac.authorization.k8s.io", "ClusterRole", "", "x")))
                .contains("OutsideNamespace");
    }

    @Test
    void theStartersRightsAndServiceAccountsAreForTheClusterToJudge() {
        assertThat(code(Standing.STARTER, new Ref("", "ConfigMap", "team-b", "x")))
                .isEmpty();
    }

    @Test
    void nobodyTouchesHoldfastsOwnRecords() {
        assertThat(code(Standing.STARTER, new Ref("", "Secret", "holdfast-system", "holdfast-installation")))
                .contains("OwnRecordsRefused");
        assertThat(code(Standing.STARTER, new Ref("", "ConfigMap", "holdfast-system", "mine")))
                .isEmpty();
    }
}
