package dev.holdfast.cli;

import dev.holdfast.cli.Terminal.Paint;
import dev.holdfast.model.Mapping;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// How Apps look on a terminal: the table of `get apps`, the page of `get app`, the answers of `why` and `history`.
final class AppPages {

    private final Terminal terminal;
    private final Instant now;

    AppPages(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.now = now;
    }

    List<String> table(List<AppView> apps, Columns columns) {
        var wide = columns == Columns.WIDE ? List.of("TARGETS", "OBJECTS") : List.<String>of();
        var table =
                new Table(row(List.of("NAMESPACE", "NAME", "READY", "SYNC", "HEALTH", "REVISION"), wide, "AGE", "WHY"));
        for (var app : apps) {
            var name = app.name();
            var first = List.of(name.namespace(), name.name(), app.ready(), app.sync(), app.health(), app.revision());
            var more = columns == Columns.WIDE ? List.of(app.targetsWord(), objects(app)) : List.<String>of();
            table.row(row(first, more, app.age(now), app.why()));
        }
        return table.lines((column, text) -> column >= 2 && column <= 4 ? painted(text) : text);
    }

    private static String[] row(List<String> first, List<String> wide, String... last) {
        return Stream.of(first, wide, List.of(last)).flatMap(List::stream).toArray(String[]::new);
    }

    private static String objects(AppView app) {
        var summary = app.object().mapping("status", "summary");
        return summary.whole("synced").orElse(0L) + "/" + summary.whole("total").orElse(0L);
    }

    enum Columns {
        TABLE,
        WIDE
    }

    void page(AppView app) {
        var out = terminal.out();
        out.println(terminal.paint(Paint.BOLD, Terminal.clean(app.name().toString())) + "  " + painted(app.sync())
                + "  " + painted(app.health()) + "  " + Terminal.clean(app.revision()));
        why(app);
        for (var target : app.targets()) target(target);
        if (!app.history().isEmpty()) {
            out.println();
            history(app);
        }
    }

    void why(AppView app) {
        terminal.out().println("  " + Terminal.clean(app.why()));
        for (var target : app.targets()) {
            for (var problem : target.sequence("problems").mappings()) problem(problem);
        }
        app.confirm()
                .ifPresent(confirm -> terminal.out()
                        .println("  next: holdfast confirm " + app.name().name() + " -n "
                                + app.name().namespace()));
    }

    private void problem(Mapping problem) {
        var out = terminal.out();
        var about = problem.text("place").map(place -> place + ": ").orElse("")
                + problem.text("object").map(object -> object + ": ").orElse("");
        out.println("  " + terminal.paint(Paint.RED, "✗ ")
                + Terminal.clean(about + problem.text("message").orElse("")));
        problem.text("next").ifPresent(next -> out.println("      " + Terminal.clean(next)));
    }

    private void target(Mapping target) {
        var inventory = target.mapping("inventory");
        terminal.out()
                .println("  target " + Terminal.clean(target.text("name").orElse("")) + " on "
                        + Terminal.clean(target.text("cluster").orElse("")) + ": "
                        + painted(target.text("sync").orElse("")) + ", "
                        + painted(target.text("health").orElse(""))
                        + ", " + inventory.whole("count").orElse(0L) + " objects");
    }

    void history(AppView app) {
        var table = new Table("STARTED", "CAUSE", "RESULT", "REVISION", "ATTEMPT", "MESSAGE");
        for (var operation : app.history()) {
            var revisions = operation.sequence("revisions").mappings().stream()
                    .map(AppPages::revision)
                    .toList();
            table.row(
                    operation
                            .text("startedAt")
                            .map(at -> AppView.ago(at, now) + " ago")
                            .orElse(""),
                    operation.text("cause").orElse(""),
                    operation.text("phase").orElse(""),
                    String.join(",", revisions),
                    Long.toString(operation.whole("attempt").orElse(1L)),
                    operation.text("result").orElse(""));
        }
        table.lines((column, text) -> column == 2 ? painted(text) : text).forEach(terminal.out()::println);
    }

    private static String revision(Mapping revision) {
        var commit = revision.text("commit").orElse("");
        return revision.text("ref").orElse("") + "@" + (commit.length() > 7 ? commit.substring(0, 7) : commit);
    }

    String painted(String word) {
        return switch (word) {
            case "True", "Synced", "Healthy", "succeeded" -> terminal.paint(Paint.GREEN, word);
            case "False", "OutOfSync", "Degraded", "failed" -> terminal.paint(Paint.RED, word);
            case "Unknown", "Syncing", "Progressing", "Suspended", "Terminating", "running", "settling", "superseded" ->
                terminal.paint(Paint.YELLOW, word);
            default -> Terminal.clean(word);
        };
    }
}
