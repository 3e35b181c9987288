package dev.holdfast.testkit.api;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.port.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Runs cases on a server, one after the other.
public final class ContractRun {

    private static final int SIDE_BY_SIDE = 6;

    private final ContractServer server;
    private final int minor;

    public ContractRun(ContractServer server) {
        this.server = server;
        this.minor = minor(server);
    }

    private static int minor(ContractServer server) {
        var reply = server.api().send(Request.get("/version"));
        var version =
                reply.ok() && server.notation().readJson(reply.body()) instanceof Mapping body ? body : Mapping.EMPTY;
        var digits = version.text("minor").orElse("0").replaceAll("[^0-9].*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /// All verdicts in the order of the cases, each told as it falls. Some cases run side by side: none can see
    /// what another makes.
    public List<Verdict> run(List<ContractCase> cases, Consumer<Verdict> tell) {
        var next = new AtomicInteger();
        var verdicts = new ConcurrentSkipListMap<Integer, Verdict>();
        var monitor = server.tasks().monitor();
        var lanes = new ArrayList<Tasks.Task>();
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            lanes.add(server.tasks().spawn("contract-" + i, () -> {
                for (int at = next.getAndIncrement(); at < cases.size(); at = next.getAndIncrement()) {
                    var verdict = judge(cases.get(at));
                    verdicts.put(at, verdict);
                    monitor.run(() -> tell.accept(verdict));
                }
            }));
        }
        lanes.forEach(Tasks.Task::await);
        return List.copyOf(verdicts.values());
    }

    private Verdict judge(ContractCase each) {
        var missing = each.needs().stream().filter(need -> !has(need)).findFirst();
        if (missing.isPresent()) {
            return new Verdict(each, Verdict.Outcome.SKIPPED, List.of("the server has no " + missing.get()));
        }
        try (var run = new CaseRun(server, each)) {
            for (int i = 0; i < each.steps().size(); i++) {
                var step = each.steps().get(i);
                var differences = run.differences(step);
                if (differences.isEmpty()) continue;
                run.release();
                return failed(each, what(i, step), differences);
            }
        } catch (FaultException | IllegalStateException broken) {
            return failed(each, "the case could not run", List.of(String.valueOf(broken.getMessage())));
        }
        return new Verdict(each, Verdict.Outcome.PASSED, List.of());
    }

    private static String what(int index, Mapping step) {
        return "step " + (index + 1) + ", " + step.keys().getFirst() + " " + step.valueAt(0);
    }

    private static Verdict failed(ContractCase each, String where, List<String> differences) {
        var lines = new ArrayList<String>();
        for (var difference : differences) lines.add(where + ": " + difference);
        return new Verdict(each, Verdict.Outcome.FAILED, lines);
    }

    /// `image`, an offer of the server, or `1.30` for a version that it must have reached.
    private boolean has(String need) {
        if (need.equals("image")) return !server.image().isEmpty();
        var version = Optional.of(need).filter(text -> text.matches("1\\.[0-9]+"));
        return version.map(text -> minor >= Integer.parseInt(text.substring(2)))
                .orElse(server.offers().contains(need));
    }

    /// `N passed, N failed, N skipped`, after what differs.
    public static String report(List<Verdict> verdicts) {
        var text = new StringBuilder();
        for (var verdict : verdicts) {
            if (verdict.outcome() == Verdict.Outcome.PASSED) continue;
            var word = verdict.outcome() == Verdict.Outcome.FAILED ? "FAILED  " : "skipped ";
            text.append(word).append(verdict.of()).append('\n');
            for (var difference : verdict.differences())
                text.append("    ").append(difference).append('\n');
            if (verdict.outcome() == Verdict.Outcome.FAILED && verdict.of().sourced()) {
                text.append("    source: ").append(verdict.of().source()).append('\n');
            }
        }
        long unsourced =
                verdicts.stream().filter(verdict -> !verdict.of().sourced()).count();
        if (unsourced > 0) text.append(unsourced).append(" cases name no source\n");
        return text.append("%d passed, %d failed, %d skipped\n"
                        .formatted(
                                count(verdicts, Verdict.Outcome.PASSED),
                                count(verdicts, Verdict.Outcome.FAILED),
                                count(verdicts, Verdict.Outcome.SKIPPED)))
                .toString();
    }

    private static long count(List<Verdict> verdicts, Verdict.Outcome outcome) {
        return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
    }
}
