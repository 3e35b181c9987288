package dev.holdfast.cli;

import dev.holdfast.dialect.AppDialect;
import dev.holdfast.model.AppName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `delete APP`: plans and confirms in one step.
@Command(
        name = "delete",
        description = "Delete an App, with what it owns or, where its sync.onDelete says so, without.",
        footer = {
            "",
            "Shows what goes and asks once; that also confirms what the App's guard would hold back.",
            "",
            "Examples:",
            "  holdfast delete shop -n team-a",
            "  holdfast delete team-a/shop --yes --no-wait"
        })
final class DeleteCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final AppOptions app = new AppOptions();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Mixin
    private final YesOption yes = new YesOption();

    DeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var connection = session.connect(app.cluster())) {
            var name = app.name(connection);
            var view = new AppView(connection.apps().get(name));
            session.terminal().err().println(consequence(view));
            if (!yes.agreed(session.terminal(), "Delete App " + name + "?")) return Problem.FAILED;
            connection.apps().delete(name, view.uid());
            if (wait.waits()) awaitGone(connection.apps(), name, view.uid());
            session.terminal().out().println("App " + name + (wait.waits() ? " is deleted" : " is being deleted"));
        }
        return 0;
    }

    private static String consequence(AppView view) {
        long objects = view.targets().stream()
                .mapToLong(target -> target.whole("inventory", "count").orElse(0L))
                .sum();
        boolean orphan = view.object()
                .text("spec", "sync", "onDelete")
                .filter("orphan"::equals)
                .isPresent();
        return "App " + view.name() + " owns " + objects + " objects; they "
                + (orphan ? "stay where they are (sync.onDelete: orphan)" : "are deleted with it");
    }

    /// The controllers plan the deletion; what their guard holds back was agreed to already.
    private void awaitGone(Apps apps, AppName name, String uid) {
        var waiting = new Waiting(session, apps);
        String confirmed = "";
        while (true) {
            var last = confirmed;
            var now = waiting.until(
                    name,
                    wait.timeout(),
                    view -> !view.uid().equals(uid)
                            || !digest(view).equals(last) && !digest(view).isEmpty());
            if (now.isEmpty() || !now.get().uid().equals(uid)) return;
            now.get().confirm().ifPresent(confirm -> ConfirmCommand.show(confirm, session.terminal()));
            confirmed = digest(now.get());
            apps.annotate(name, AppDialect.CONFIRM_ANNOTATION, confirmed);
        }
    }

    private static String digest(AppView view) {
        return view.deletedAt().isEmpty()
                ? ""
                : view.confirm().flatMap(confirm -> confirm.text("digest")).orElse("");
    }
}
