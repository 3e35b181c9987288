package dev.holdfast.cli;

import dev.holdfast.source.GitSettings.UrlPolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How `plan` and `diff` look at an App.
final class LookOptions {

    @Option(
            names = "--revision",
            paramLabel = "REF",
            description = "branch, tag or commit instead of the App's own; NAME=REF for one of several sources")
    private @Nullable String revision;

    @Option(
            names = "--holdfast-namespace",
            paramLabel = "NAMESPACE",
            defaultValue = "holdfast-system",
            description = "Holdfast's own namespace (default holdfast-system)")
    @SuppressWarnings("NullAway.Init") // has a default
    private String home;

    @Option(
            names = "--installation",
            paramLabel = "NAME",
            description = "name of the installation, where its Secret may not be read")
    private @Nullable String installation;

    @Option(names = "--allow-http", description = "repositories over http on other hosts, too")
    private boolean http;

    @Option(names = "--allow-local", description = "repositories of this machine (file:///… or /…), too")
    private boolean local;

    Optional<String> revision() {
        return Optional.ofNullable(revision);
    }

    String home() {
        return home;
    }

    Optional<String> installation() {
        return Optional.ofNullable(installation);
    }

    UrlPolicy urls() {
        return new UrlPolicy(http, local);
    }
}
