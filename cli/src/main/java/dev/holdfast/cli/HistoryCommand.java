package dev.holdfast.cli;

import dev.holdfast.model.Mapping;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `history APP`.
@Command(
        name = "history",
        description = "Show what was done for an App, newest first.",
        footer = {"", "Examples:", "  holdfast history shop -n team-a", "  holdfast history team-a/shop -o json"})
final class HistoryCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final AppOptions app = new AppOptions();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "table, json or yaml")
    @SuppressWarnings("NullAway.Init") // has a default
    private Output output;

    HistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var connection = session.connect(app.cluster())) {
            var object = connection.apps().get(app.name(connection));
            switch (output) {
                case JSON, YAML ->
                    Output.print(
                            Mapping.of("history", object.mapping("status").sequence("history")),
                            output,
                            session.terminal());
                case TABLE, WIDE, NAME -> session.pages().history(new AppView(object));
            }
        }
        return 0;
    }
}
