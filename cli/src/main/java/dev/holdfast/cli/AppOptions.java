package dev.holdfast.cli;

import dev.holdfast.model.AppName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// One App: its name, and where it is.
final class AppOptions {

    @Parameters(paramLabel = "APP", description = "name of the App, or NAMESPACE/NAME")
    @SuppressWarnings("NullAway.Init") // picocli refuses to run without it
    private String app;

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    ClusterOptions cluster() {
        return cluster;
    }

    AppName name(Session.Connection connection) {
        return connection.named(app);
    }
}
