package dev.holdfast.engine.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.engine.world.Placements;
import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.fields.BuiltinSchemas;
import dev.holdfast.fields.Schemas;
import org.junit.jupiter.api.Test;

class LocalValidationTest {

    private static DesiredSet settle(String yaml) {
        return DesiredSet.settle(
                Yaml.manifests("web.yaml", yaml), new TestCluster().discovery(), Placements.named("shop"), TestApp.KEY);
    }

    private static final String WRONG = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicsa: 3
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: app, image: x}]}
            """;

    @Test
    void namesTheLineAndTheNearestKnownField() {
        var held = LocalValidation.check(settle(WRONG), BuiltinSchemas.load());

        assertThat(held).hasSize(1);
        assertThat(held.getFirst().fault().sentence())
                .startsWith("web.yaml:5: ")
                .contains("replicsa", "replicas");
    }

    @Test
    void hasNoOpinionWithoutASchema() {
        assertThat(LocalValidation.check(settle(WRONG), Schemas.NONE)).isEmpty();
    }

    @Test
    void neverShowsTheValueThatIsWrong() {
        var held = LocalValidation.check(
                settle("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {password: 4711}"),
                BuiltinSchemas.load());

        assertThat(held.getFirst().fault().sentence()).contains("web.yaml:4").doesNotContain("4711");
    }

    @Test
    void letsWhatIsRightPass() {
        assertThat(LocalValidation.check(settle(WRONG.replace("replicsa", "replicas")), BuiltinSchemas.load()))
                .isEmpty();
    }
}
