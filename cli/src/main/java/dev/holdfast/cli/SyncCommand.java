package dev.holdfast.cli;

import dev.holdfast.dialect.AppDialect;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `sync APP`.
@Command(
        name = "sync",
        description = "Ask the sources now and make the cluster equal to them.",
        footer = {
            "",
            "Exit codes: 0 synced, 1 the sync failed, 4 no such App, 5 timed out, 6 synced but not healthy.",
            "",
            "Examples:",
            "  holdfast sync shop -n team-a",
            "  holdfast sync team-a/shop --no-wait"
        })
final class SyncCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final AppOptions app = new AppOptions();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    SyncCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var connection = session.connect(app.cluster())) {
            var name = app.name(connection);
            // a token, not just a time: two people may ask within one second
            var token = session.now() + "-" + UUID.randomUUID().toString().substring(0, 8);
            connection.apps().annotate(name, AppDialect.SYNC_ANNOTATION, token);
            if (!wait.waits()) return 0;
            var done = new Waiting(session, connection.apps())
                    .until(name, wait.timeout(), view -> answered(view, token) || blocked(view))
                    .orElseThrow(() -> Problem.of("AppNotFound", "App " + name + " was deleted meanwhile", ""));
            session.pages().page(done);
            // a sync on the last good revision is no success while the newest one is broken
            if (!answered(done, token) || failed(done, token) || stalled(done)) return Problem.FAILED;
            return done.health().equals("Healthy") || done.health().isEmpty() ? 0 : Problem.UNHEALTHY;
        }
    }

    private static boolean answered(AppView view, String token) {
        return view.history().stream()
                .anyMatch(operation ->
                        operation.text("request").filter(token::equals).isPresent()
                                && operation.text("endedAt").isPresent());
    }

    private static boolean failed(AppView view, String token) {
        return view.history().stream()
                .filter(operation ->
                        operation.text("request").filter(token::equals).isPresent())
                .anyMatch(operation ->
                        operation.text("phase").filter("failed"::equals).isPresent());
    }

    /// Waits for a person: going on waiting would help nobody.
    private static boolean blocked(AppView view) {
        return view.observed() && (view.confirm().isPresent() || stalled(view));
    }

    private static boolean stalled(AppView view) {
        return view.condition("Stalled")
                .flatMap(stalled -> stalled.text("status"))
                .filter("True"::equals)
                .isPresent();
    }
}
