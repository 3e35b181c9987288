package dev.holdfast.cli;

import dev.holdfast.model.Mapping;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the commands that only read an App have in common: which App, and in which form it is shown.
final class AppReader {

    @Mixin
    private final AppOptions app = new AppOptions();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "table, json or yaml")
    @SuppressWarnings("NullAway.Init") // has a default
    private Output output;

    /// @param data what is printed as data
    /// @param page prints it for people
    int read(Session session, UnaryOperator<Mapping> data, Consumer<AppView> page) {
        try (var connection = session.connect(app.cluster())) {
            var object = connection.apps().get(app.name(connection));
            switch (output) {
                case JSON, YAML -> Output.print(data.apply(object), output, session.terminal());
                case TABLE, WIDE, NAME -> page.accept(new AppView(object));
            }
        }
        return 0;
    }
}
