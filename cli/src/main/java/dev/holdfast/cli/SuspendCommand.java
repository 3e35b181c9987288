package dev.holdfast.cli;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `suspend APP`.
@Command(
        name = "suspend",
        description = "Write nothing for an App until it is resumed.",
        footer = {"", "Examples:", "  holdfast suspend shop -n team-a", "  holdfast suspend team-a/shop"})
final class SuspendCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final AppOptions app = new AppOptions();

    SuspendCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var connection = session.connect(app.cluster())) {
            var name = app.name(connection);
            connection.apps().patch(name, Mapping.of("spec", Mapping.of("suspend", Value.TRUE)));
            session.terminal().out().println(name + " is suspended. Go on with: holdfast resume " + name);
        }
        return 0;
    }
}
