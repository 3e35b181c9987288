package dev.holdfast.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.model.Fault;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Laws 1 to 9, over the whole program; and each of them shown to fail on code planted against it.
class LawsTest {

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.holdfast");
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("planted");

    private static final String[] PURE = {
        "dev.holdfast.model..",
        "dev.holdfast.fields..",
        "dev.holdfast.engine..",
        "dev.holdfast.render..",
        "dev.holdfast.dialect.."
    };

    private static void holds(ArchRule rule) {
        rule.check(PROGRAM);
    }

    private static void catches(ArchRule rule, String culprit) {
        assertThatThrownBy(() -> rule.check(PLANTED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(culprit);
    }

    @Test
    void theProgramIsWhatIsChecked() {
        assertThat(PROGRAM.size()).isGreaterThan(100);
        for (var module : Repository.modules()) {
            if (!module.equals("guard"))
                assertThat(PROGRAM.containPackage("dev.holdfast." + module))
                        .as(module)
                        .isTrue();
        }
    }

    @Test
    void law1TheCoreIsPure() {
        holds(Laws.pure(PURE));
        catches(Laws.pure("planted.."), "ReadsTheClock");
        catches(Laws.pure("planted.."), "ReadsAFile");
    }

    @Test
    void law2ThereIsNoImportCycle() {
        holds(Laws.acyclic("dev.holdfast.(*).."));
        holds(Laws.acyclic("dev.holdfast.(**)"));
        catches(Laws.acyclic("planted.(*).."), "left");
    }

    @Test
    void law3ThePlanIsData() {
        for (var type :
                new String[] {"Plan", "Step", "Operation", "Inventory", "Placement", "DesiredObject", "LiveObject"}) {
            holds(Laws.data("dev.holdfast.model." + type));
        }
        catches(Laws.data("planted.PlanWithState"), "PlanWithState");
    }

    @Test
    void law4FaultsAreAClosedTypeInOneException() {
        assertThat(Fault.class.isSealed()).isTrue();
        var known = Set.of("dev.holdfast.model.FaultException", "dev.holdfast.port.Tasks$Cancelled");
        holds(Laws.oneException("dev.holdfast..", known));
        catches(Laws.oneException("planted..", known), "OwnException");
    }

    @Test
    void law5ThereAreNoFlags() {
        holds(Laws.noFlags("dev.holdfast.."));
        catches(Laws.noFlags("planted.."), "TakesAFlag");
    }

    @Test
    void law5EveryPackageIsNullMarked() {
        var packages = PROGRAM.stream()
                .map(type -> type.getPackageName())
                .distinct()
                .sorted()
                .toList();
        for (var name : packages) {
            var info = name + ".package-info";
            assertThat(PROGRAM.contain(info)
                            && PROGRAM.get(info).isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                    .as(name + " has a package-info with @NullMarked")
                    .isTrue();
        }
    }

    @Test
    void law6LibrariesAreFenced() {
        holds(Laws.fenced("org.eclipse.jgit..", "dev.holdfast.source.."));
        holds(Laws.fenced("io.fabric8..", "dev.holdfast.cluster.fabric8.."));
        holds(Laws.fenced("org.eclipse.jetty..", "dev.holdfast.sandbox..", "dev.holdfast.server.."));
        holds(Laws.fenced("org.snakeyaml..", "dev.holdfast.yaml.."));
        holds(Laws.fenced("com.fasterxml..", "dev.holdfast.yaml.."));
        holds(Laws.fenced("dev.cel..", "dev.holdfast.sandbox.rule.."));
        holds(Laws.fenced("com.google.common..", "dev.holdfast.sandbox.rule.."));
        holds(Laws.fenced("picocli..", "dev.holdfast.cli..", "dev.holdfast.server.."));
        catches(Laws.fenced("com.tngtech..", "dev.holdfast.."), "UsesALibrary");
    }

    @Test
    void law6ThreadsAreBehindTasks() {
        holds(Laws.noThreads(
                "dev.holdfast..",
                "dev.holdfast.testkit..",
                "dev.holdfast.demo..",
                "dev.holdfast.bench..",
                // the library's answers are futures, its bodies come on its own threads
                "dev.holdfast.cluster.fabric8..",
                // hands Jetty the executor of Jetty's own threads
                "dev.holdfast.sandbox.door.."));
        catches(Laws.noThreads("planted.."), "StartsAThread");
    }

    @Test
    void law8NothingUnorderedInThePureModules() {
        holds(Laws.ordered(PURE));
        catches(Laws.ordered("planted.."), "UnorderedSet");
    }

    @Test
    void law9SecretsAreRevealedInFewPlaces() {
        holds(Laws.revealedOnlyBy(Exceptions.REVEALING));
        catches(Laws.revealedOnlyBy(Set.of()), "RevealsASecret");
        var secret = PROGRAM.get("dev.holdfast.model.Secret");
        assertThat(secret.getModifiers()).contains(JavaModifier.FINAL);
        assertThat(dev.holdfast.model.Secret.of("canary").toString()).doesNotContain("canary");
    }
}
