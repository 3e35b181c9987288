package dev.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.holdfast.testkit.api.CaseFiles;
import dev.holdfast.testkit.api.ContractRun;
import dev.holdfast.testkit.api.ContractServer;
import dev.holdfast.testkit.api.Verdict;
import dev.holdfast.testkit.api.Verdict.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What every Kubernetes API keeps to, by the cases beside {@link CaseFiles}. Nothing here knows what server it is.
public abstract class KubernetesApiContract {

    protected abstract ContractServer server();

    /// Runs a body as a task.
    protected abstract void run(Runnable body);

    @TestFactory
    List<DynamicNode> theServerAnswersAsTheApiIsDocumented() {
        var verdicts = new ArrayList<Verdict>();
        run(() -> {
            var server = server();
            var cases = new CaseFiles(server.notation()).all();
            verdicts.addAll(new ContractRun(server).run(cases, _ -> {}));
        });
        var files = new LinkedHashMap<String, List<DynamicTest>>();
        for (var verdict : verdicts) {
            files.computeIfAbsent(verdict.of().file(), _ -> new ArrayList<>())
                    .add(dynamicTest(verdict.of().name(), () -> show(verdict)));
        }
        var nodes = new ArrayList<DynamicNode>();
        files.forEach((file, tests) -> nodes.add(dynamicContainer(file, tests)));
        nodes.add(dynamicTest("there are several hundred cases, and few without a source", () -> {
            assertThat(verdicts).hasSizeGreaterThan(300);
            assertThat(verdicts.stream()
                            .filter(verdict -> !verdict.of().sourced())
                            .count())
                    .isLessThan(verdicts.size() / 10);
        }));
        return nodes;
    }

    private static void show(Verdict verdict) {
        Assumptions.assumeFalse(verdict.outcome() == Outcome.SKIPPED, () -> "skipped: " + verdict.differences());
        assertThat(verdict.differences())
                .as(verdict.of() + " (" + verdict.of().source() + ")")
                .isEmpty();
    }
}
