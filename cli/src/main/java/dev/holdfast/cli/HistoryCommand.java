package dev.holdfast.cli;

import dev.holdfast.model.Mapping;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `history APP`.
@Command(
        name = "history",
        description = "Show what was done for an App, newest first.",
        footer = {"", "Examples:", "  holdfast history shop -n team-a", "  holdfast history team-a/shop -o json"})
final class HistoryCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final AppReader reader = new AppReader();

    HistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return reader.read(
                session,
                object -> Mapping.of("history", object.mapping("status").sequence("history")),
                session.pages()::history);
    }
}
