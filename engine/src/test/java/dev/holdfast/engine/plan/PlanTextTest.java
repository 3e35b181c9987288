package dev.holdfast.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.Yaml;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    private final TestCluster cluster = new TestCluster();
    private final TestApp app = new TestApp(cluster);

    private Plan next() {
        app.memory.probes.clear();
        for (int i = 0; i < 3; i++) {
            if (Decision.on(app.observe()) instanceof Decision.Act act) return act.plan();
            app.pass();
        }
        throw new AssertionError("nothing is planned");
    }

    @Test
    void saysWhatIsDoneToWhichObjectAndFromWhichLine() {
        app.manifests = Yaml.configMaps("a=1", "b=1", "c=1");
        app.settle();
        cluster.edit(Yaml.configMap("a"), "kubectl-edit", object -> object.with(List.of("data", "v"), Value.of("9")));
        app.manifests = Stream.concat(
                        Yaml.configMaps("a=1", "b=2", "d=1").stream(),
                        Yaml.manifests("x.yaml", "apiVersion: x.example.com/v1\nkind: X\nmetadata: {name: x}").stream())
                .toList();
        var plan = next();

        assertThat(PlanText.lines(plan))
                .containsExactly(
                        "! heal ConfigMap team-a/a: kubectl-edit changed .data.v",
                        "~ change ConfigMap team-a/b (maps/b=2.yaml:1)",
                        "+ create ConfigMap team-a/d (maps/d=1.yaml:1)",
                        "? held ConfigMap team-a/c: is deleted later: X.x.example.com x is not applied yet",
                        "? held X.x.example.com x: x.yaml:1: the cluster serves no X of x.example.com/v1. Install the"
                                + " definition of X.x.example.com, or correct apiVersion and kind");
        assertThat(PlanText.summary(plan)).isEqualTo("1 to create, 1 to change, 1 to heal, 2 held");
    }

    @Test
    void theJsonFormHasNoValuesOfObjects() {
        app.manifests = Yaml.manifests(
                "s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}");

        var json = PlanJson.of(next());

        assertThat(json.toString()).doesNotContain("hunter2", "aHVudGVyMg==");
        assertThat(json.sequence("ranks").items()).hasSize(1);
        assertThat(json.text("summary")).contains("1 to create");
    }

    @Test
    void showsWhatAConfirmationWouldDelete() {
        app.manifests = Yaml.configMaps("a=1");
        app.settle();
        app.manifests = List.of();
        var plan = ((Decision.Hold) app.settle()).plan();

        assertThat(PlanText.lines(plan))
                .containsExactly(
                        "! confirm: the source holds no object at all, which would delete 1 object",
                        "  - delete ConfigMap team-a/a",
                        "  holdfast confirm writes " + plan.digest().hex());
    }
}
