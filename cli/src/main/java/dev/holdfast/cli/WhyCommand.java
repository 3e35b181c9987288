package dev.holdfast.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `why APP`.
@Command(
        name = "why",
        description = "Say why an App is in the state that it is in, and what to do.",
        footer = {"", "Examples:", "  holdfast why shop -n team-a", "  holdfast why team-a/shop -o yaml"})
final class WhyCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final AppOptions app = new AppOptions();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "table, json or yaml")
    @SuppressWarnings("NullAway.Init") // has a default
    private Output output;

    WhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var connection = session.connect(app.cluster())) {
            var object = connection.apps().get(app.name(connection));
            switch (output) {
                case JSON, YAML -> Output.print(object.mapping("status"), output, session.terminal());
                case TABLE, WIDE, NAME -> session.pages().why(new AppView(object));
            }
        }
        return 0;
    }
}
