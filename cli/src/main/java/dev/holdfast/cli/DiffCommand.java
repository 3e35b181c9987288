package dev.holdfast.cli;

import dev.holdfast.cli.Comparison.Result;
import dev.holdfast.cli.Terminal.Paint;
import dev.holdfast.model.Ref;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `diff APP`.
@Command(
        name = "diff",
        description = "Show, object by object, how the cluster differs from what Git says.",
        footer = {
            "",
            "Asks the server for dry runs with your own rights, and changes nothing. Values of Secrets are hidden.",
            "Exit codes, as kubectl diff: 0 no difference, 1 differences, 2 an error.",
            "",
            "Examples:",
            "  holdfast diff shop -n team-a",
            "  holdfast diff team-a/shop --revision feature/cheaper",
        })
final class DiffCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final Looks looks = new Looks();

    @Option(
            names = "--max-lines",
            paramLabel = "N",
            defaultValue = "1000",
            description = "lines shown of one object at most (default 1000; 0: all)")
    private int most;

    DiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return looks.at(session, this::shown);
    }

    private int shown(Workplace workplace, Looking looking, List<Looking.Seen> placements) {
        int code = 0;
        var masking = Masking.ofThisRun();
        for (var seen : placements) {
            var results = new Comparison(workplace, looking, seen, masking).results();
            for (var result : results.entrySet()) {
                code = Math.max(code, show(result.getKey(), result.getValue()));
            }
        }
        return code;
    }

    /// Gives the exit code that this object asks for.
    private int show(Ref ref, Result result) {
        return switch (result) {
            case Result.Same _ -> 0;
            case Result.Different different -> {
                print(ref, different);
                yield Problem.DIFFERENCES;
            }
            case Result.Hidden(var why) -> {
                session.notShown(ref, why);
                yield 0;
            }
            case Result.Refused(var fault) -> {
                Problem.print(fault, session.terminal());
                yield Problem.DIFF_FAILED;
            }
        };
    }

    private void print(Ref ref, Result.Different different) {
        var terminal = session.terminal();
        var path = ref.groupKind() + (ref.namespace().isEmpty() ? "/" : "/" + ref.namespace() + "/") + ref.name();
        var note = different.place().isEmpty() ? "" : "\t" + Terminal.line(different.place());
        boolean deleted = different.change() == Comparison.Change.DELETE;
        var shownPath = Terminal.line(path);
        terminal.out().println(terminal.paint(Paint.BOLD, "--- live/" + shownPath + (deleted ? note : "")));
        terminal.out().println(terminal.paint(Paint.BOLD, "+++ git/" + shownPath + (deleted ? "" : note)));
        var lines = UnifiedDiff.hunks(LineDiff.of(different.live(), different.git()));
        int shown = most <= 0 ? lines.size() : Math.min(most, lines.size());
        for (var line : lines.subList(0, shown)) terminal.out().println(painted(line));
        if (shown < lines.size()) {
            session.note((lines.size() - shown) + " more lines of " + ref.words() + " (--max-lines 0 shows all)");
        }
    }

    private String painted(String line) {
        var terminal = session.terminal();
        return switch (line.charAt(0)) {
            case '+' -> terminal.paint(Paint.GREEN, line);
            case '-' -> terminal.paint(Paint.RED, line);
            case '@' -> terminal.paint(Paint.DIM, line);
            default -> line;
        };
    }
}
