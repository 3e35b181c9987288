package dev.holdfast.cli;

import dev.holdfast.cli.Comparison.Result;
import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.plan.PlanJson;
import dev.holdfast.engine.plan.PlanText;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `plan APP`.
@Command(
        name = "plan",
        description = "Show what a sync of an App would do now, and change nothing.",
        footer = {
            "",
            "Fetches, renders and compares in this process, with your own rights.",
            "",
            "Examples:",
            "  holdfast plan shop -n team-a",
            "  holdfast plan team-a/shop --revision v1.4.0",
            "  holdfast plan shop -o json"
        })
final class PlanCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final Looks looks = new Looks();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "table (default), json or yaml")
    @SuppressWarnings("NullAway.Init") // has a default
    private Output output;

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return looks.at(session, this::shown);
    }

    private int shown(Workplace workplace, Looking looking, List<Looking.Seen> placements) {
        var plans = new ArrayList<Value>();
        for (var seen : placements) {
            var shown = shown(workplace, looking, seen);
            switch (output) {
                case JSON, YAML -> plans.add(shown.json());
                case TABLE, WIDE, NAME -> print(shown);
            }
        }
        if (!plans.isEmpty()) {
            var all = Mapping.builder().put("version", 1).put("plans", Value.of(plans));
            Output.print(all.build(), output, session.terminal());
        }
        return 0;
    }

    private record Shown(String head, List<String> lines, String summary, Mapping json) {}

    private Shown shown(Workplace workplace, Looking looking, Looking.Seen seen) {
        return switch (seen.knowledge()) {
            case EXACT -> exact(seen);
            case BY_DRY_RUN -> byDryRun(seen, new Comparison(workplace, looking, seen, Masking.ofThisRun()).results());
        };
    }

    private Shown exact(Looking.Seen seen) {
        var head = head(seen, seen.plan().map(Plan::revisions).orElse(seen.revisions()));
        var why = why(seen);
        if (!why.isEmpty()) session.note(why);
        return seen.plan()
                .map(plan -> new Shown(
                        head,
                        PlanText.lines(plan),
                        PlanText.summary(plan),
                        PlanJson.of(plan).with("exact", Value.TRUE)))
                .orElseGet(() -> new Shown(
                        head,
                        List.of(),
                        "nothing to do",
                        Mapping.builder()
                                .put("app", seen.placement().key().app().toString())
                                .put("summary", "nothing to do")
                                .build()));
    }

    /// What the plan's own lines do not tell.
    private static String why(Looking.Seen seen) {
        return switch (seen.look().decision()) {
            case Decision.Hold(var faults, var _, var plan) ->
                faults.stream()
                        .filter(fault -> plan.held().stream()
                                .noneMatch(held -> held.fault().equals(fault)))
                        .filter(fault -> !fault.code().equals("ConfirmationNeeded"))
                        .map(fault -> fault.sentence())
                        .collect(Collectors.joining("\n"));
            case Decision.Forget(var why) -> why;
            case Decision.Recover(var _, var why) -> why;
            case Decision.Act _, Decision.Rest _, Decision.Await _, Decision.Conclude _, Decision.Ask _ -> "";
        };
    }

    private Shown byDryRun(Looking.Seen seen, SortedMap<Ref, Result> results) {
        var lines = new ArrayList<String>();
        var changes = new ArrayList<Value>();
        var counts = new TreeMap<Comparison.Change, Integer>();
        results.forEach((ref, result) -> {
            switch (result) {
                case Result.Same _ -> {}
                case Result.Different(var change, var place, var _, var _) -> {
                    counts.merge(change, 1, Integer::sum);
                    lines.add(line(change, ref, place));
                    changes.add(Mapping.builder()
                            .put("action", verb(change))
                            .put("object", ref.words())
                            .put("place", place)
                            .build());
                }
                case Result.Hidden(var why) -> session.notShown(ref, why);
                case Result.Refused(var fault) -> Problem.print(fault, session.terminal());
            }
        });
        var summary = counts.entrySet().stream()
                .map(count -> count.getValue() + " to " + verb(count.getKey()))
                .collect(Collectors.joining(", "));
        var json = Mapping.builder()
                .put("app", seen.placement().key().app().toString())
                .put("target", seen.placement().key().target())
                .put("exact", Value.FALSE)
                .put("changes", Value.of(changes))
                .put("summary", summary);
        return new Shown(
                head(seen, seen.revisions()), lines, summary.isEmpty() ? "nothing to do" : summary, json.build());
    }

    private static String head(Looking.Seen seen, List<Revision> revisions) {
        var at = revisions.stream().map(Revision::words).collect(Collectors.joining(", "));
        return "App " + seen.placement().key() + (at.isEmpty() ? "" : " at " + at);
    }

    private static String line(Comparison.Change change, Ref ref, String place) {
        var mark = switch (change) {
            case CREATE -> "+ ";
            case CHANGE -> "~ ";
            case DELETE -> "- ";
        };
        return mark + verb(change) + " " + ref.words() + (place.isEmpty() ? "" : " (" + place + ")");
    }

    private static String verb(Comparison.Change change) {
        return switch (change) {
            case CREATE -> "create";
            case CHANGE -> "change";
            case DELETE -> "delete";
        };
    }

    private void print(Shown shown) {
        var terminal = session.terminal();
        terminal.out().println(terminal.paint(Terminal.Paint.BOLD, Terminal.line(shown.head())));
        for (var line : shown.lines()) terminal.out().println(painted(Terminal.line(line)));
        terminal.out().println(Terminal.line(shown.summary()));
    }

    private String painted(String line) {
        var terminal = session.terminal();
        return switch (line.strip().isEmpty() ? ' ' : line.strip().charAt(0)) {
            case '+' -> terminal.paint(Terminal.Paint.GREEN, line);
            case '-' -> terminal.paint(Terminal.Paint.RED, line);
            case '~', '!', '?' -> terminal.paint(Terminal.Paint.YELLOW, line);
            default -> line;
        };
    }
}
