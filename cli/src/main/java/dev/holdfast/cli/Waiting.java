package dev.holdfast.cli;

import dev.holdfast.model.AppName;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Waits until an App is as somebody wants it, telling on standard error what it is waiting for.
final class Waiting {

    private final Session session;
    private final Apps apps;
    private String told = "";

    Waiting(Session session, Apps apps) {
        this.session = session;
        this.apps = apps;
    }

    /// The App once `done` holds; empty once it is gone.
    /// @throws dev.holdfast.model.FaultException `TimedOut`, with what the App says
    Optional<AppView> until(AppName app, Duration limit, Predicate<AppView> done) {
        var deadline = session.now().plus(limit);
        while (true) {
            var now = apps.find(app).map(AppView::new);
            if (now.isEmpty() || done.test(now.get())) return now;
            tell(now.get());
            long left = Duration.between(session.now(), deadline).toSeconds();
            if (left <= 0) throw timedOut(app, limit, now.get());
            var version = now.get().object().text("metadata", "resourceVersion").orElse("0");
            var what = new Apps.Watching(Optional.of(app.namespace()), Optional.of(app.name()), version, left);
            // any change ends the watch: the next round reads the App whole
            apps.watch(
                    what, event -> event.text("type").filter("BOOKMARK"::equals).isPresent());
        }
    }

    private void tell(AppView app) {
        if (session.terminal().presence() == Terminal.Presence.PIPE || app.why().equals(told)) return;
        told = app.why();
        session.terminal().err().println(session.terminal().paint(Terminal.Paint.DIM, "◎ " + Terminal.clean(told)));
    }

    private static RuntimeException timedOut(AppName app, Duration limit, AppView last) {
        return Problem.of(
                "TimedOut",
                "App " + app + " is not there after " + limit.toSeconds() + " s: " + last.why(),
                "Look further: holdfast why " + app);
    }
}
