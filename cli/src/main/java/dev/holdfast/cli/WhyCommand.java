package dev.holdfast.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `why APP`.
@Command(
        name = "why",
        description = "Say why an App is in the state that it is in, and what to do.",
        footer = {"", "Examples:", "  holdfast why shop -n team-a", "  holdfast why team-a/shop -o yaml"})
final class WhyCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final AppReader reader = new AppReader();

    WhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return reader.read(session, object -> object.mapping("status"), session.pages()::why);
    }
}
