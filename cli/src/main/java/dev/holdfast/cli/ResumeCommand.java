package dev.holdfast.cli;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `resume APP`.
@Command(
        name = "resume",
        description = "Go on with a suspended App.",
        footer = {"", "Examples:", "  holdfast resume shop -n team-a", "  holdfast resume team-a/shop"})
final class ResumeCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final AppOptions app = new AppOptions();

    ResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var connection = session.connect(app.cluster())) {
            var name = app.name(connection);
            // null takes the field away, whatever it was
            connection.apps().patch(name, Mapping.of("spec", Mapping.of("suspend", Value.none())));
            session.terminal().out().println(name + " goes on. See: holdfast get app " + name);
        }
        return 0;
    }
}
