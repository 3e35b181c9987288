package dev.holdfast.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.guard.Siblings;
import dev.holdfast.engine.world.TestApp;
import dev.holdfast.engine.world.TestCluster;
import dev.holdfast.engine.world.Yaml;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `guard.maxDeletes` is a limit of the whole app, however many targets it has.
class SiblingsTest {

    private final TestCluster cluster = new TestCluster();
    private final TestApp app = new TestApp(cluster);

    /// Of twenty objects this many leave Git.
    private Decision dropping(int count, Siblings siblings) {
        app.manifests = Yaml.configMaps(names(20));
        app.settle();
        app.siblings = siblings;
        app.manifests = Yaml.configMaps(names(20 - count));
        return app.settle();
    }

    private static String[] names(int count) {
        var names = new ArrayList<String>();
        for (int i = 0; i < count; i++) names.add("map-%02d=1".formatted(i));
        return names.toArray(String[]::new);
    }

    @Test
    void whatIsFewForOneTargetMayBeTooManyForAllOfThem() {
        // 4 + 5 of 40: 8 are allowed
        var decision = dropping(4, new Siblings(20, 5, false));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.plan().confirmation())
                                .hasValueSatisfying(open -> assertThat(open.why())
                                        .isEqualTo(
                                                "9 objects of 40 would be deleted over all targets, 4 of them here, more than the 8"
                                                        + " that guard.maxDeletes allows")));
        assertThat(cluster.objects).hasSize(20);
    }

    @Test
    void whatIsManyForOneTargetMayBeFewForAllOfThem() {
        // 6 of 20 are too many, 6 of 40 are not
        assertThat(dropping(6, new Siblings(20, 0, false))).isInstanceOf(Decision.Rest.class);
        assertThat(cluster.objects).hasSize(14);
    }

    @Test
    void whatWasAskedForOneTargetIsAskedForTheOthers() {
        var decision = dropping(1, new Siblings(15, 0, true));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.plan().confirmation()).isPresent());
        assertThat(cluster.objects).hasSize(20);
    }

    @Test
    void siblingsCountWhatTheSameManifestsDeleteThere() {
        app.manifests = Yaml.configMaps("a=1", "b=1", "c=1");
        app.settle();
        var inventory = app.inventory();
        app.manifests = Yaml.configMaps("a=1");
        var wanted = ((Wanted.Known) app.observe().wanted()).good();
        assertThat(Siblings.NONE.and(inventory, java.util.Optional.of(wanted), List.of()))
                .isEqualTo(new Siblings(3, 2, false));
        assertThat(Siblings.NONE.and(inventory, java.util.Optional.empty(), List.of()))
                .isEqualTo(new Siblings(3, 3, false));
    }
}
