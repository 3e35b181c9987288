package dev.holdfast.cli;

import dev.holdfast.dialect.AppDialect;
import dev.holdfast.model.Mapping;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `confirm APP`.
@Command(
        name = "confirm",
        description = "Let an App delete what its guard holds back, after showing what that is.",
        footer = {"", "Examples:", "  holdfast confirm shop -n team-a", "  holdfast confirm team-a/shop --yes"})
final class ConfirmCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final AppOptions app = new AppOptions();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Mixin
    private final YesOption yes = new YesOption();

    ConfirmCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var connection = session.connect(app.cluster())) {
            var name = app.name(connection);
            var view = new AppView(connection.apps().get(name));
            var confirm = view.confirm()
                    .orElseThrow(() -> Problem.of(
                            "NothingToConfirm", "App " + name + " waits for no confirmation: " + view.why(), ""));
            show(confirm, session.terminal());
            if (!yes.agreed(session.terminal(), "Go ahead?")) return Problem.FAILED;
            var digest = confirm.text("digest").orElseThrow();
            connection.apps().annotate(name, AppDialect.CONFIRM_ANNOTATION, digest);
            if (!wait.waits()) return 0;
            new Waiting(session, connection.apps())
                    .until(
                            name,
                            wait.timeout(),
                            now -> now.confirm()
                                    .flatMap(still -> still.text("digest"))
                                    .filter(digest::equals)
                                    .isEmpty())
                    .ifPresent(session.pages()::page);
            return 0;
        }
    }

    static void show(Mapping confirm, Terminal terminal) {
        terminal.err().println(Terminal.clean(confirm.text("why").orElse("")));
        for (var deleted : confirm.sequence("deletes")) {
            terminal.err()
                    .println("  " + terminal.paint(Terminal.Paint.RED, "- " + Terminal.clean(deleted.toString())));
        }
        long more =
                confirm.whole("count").orElse(0L) - confirm.sequence("deletes").size();
        if (more > 0) terminal.err().println("  and " + more + " more");
        for (var lost : confirm.sequence("alsoLost")) {
            terminal.err().println("  with it: " + Terminal.clean(lost.toString()));
        }
    }
}
