package dev.holdfast.cli;

import dev.holdfast.model.AppName;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `get apps`, `get app NAME`.
@Command(
        name = "get",
        description = "Show Apps: all (get apps) or one (get app NAME).",
        footer = {
            "",
            "Examples:",
            "  holdfast get apps -A -o wide",
            "  holdfast get app shop -n team-a",
            "  holdfast get apps -w"
        })
final class GetCommand implements Callable<Integer> {

    /// How long -w follows at the most, in seconds: a day.
    private static final long FOLLOWED = 86_400;

    private final Session session;

    @Parameters(index = "0", paramLabel = "apps|app", description = "what to show")
    @SuppressWarnings("NullAway.Init") // picocli refuses to run without it
    private String what;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "one App")
    private @Nullable String name;

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Apps of all namespaces")
    private boolean everywhere;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init") // has a default
    private Output output;

    @Option(
            names = {"-w", "--watch"},
            description = "keep printing what changes")
    private boolean watch;

    @Option(names = "--no-headers", description = "without the line of column names")
    private boolean noHeaders;

    GetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!List.of("app", "apps", "holdfastapps", "happ").contains(what)) {
            throw Problem.of("Usage", "cannot show " + what, "What there is: apps, app NAME");
        }
        try (var connection = session.connect(cluster)) {
            if (name != null) one(connection, connection.named(name));
            else all(connection);
        }
        return 0;
    }

    private void one(Session.Connection connection, AppName app) {
        var object = connection.apps().get(app);
        print(List.of(object), object);
        if (watch) {
            follow(connection, Optional.of(app.namespace()), Optional.of(app.name()), version(object));
        }
    }

    private void all(Session.Connection connection) {
        Optional<String> namespace = everywhere ? Optional.empty() : Optional.of(connection.namespace());
        var list = connection.apps().list(namespace);
        var items = list.sequence("items").mappings();
        if (items.isEmpty() && output == Output.TABLE) {
            session.terminal()
                    .err()
                    .println("No Apps"
                            + namespace
                                    .map(in -> " in namespace " + in + " (all: -A)")
                                    .orElse(""));
        } else {
            print(items, list);
        }
        if (watch) follow(connection, namespace, Optional.empty(), version(list));
    }

    private static String version(Mapping object) {
        return object.text("metadata", "resourceVersion").orElse("0");
    }

    /// `whole` is what -o json and yaml print: the object, or the list.
    private void print(List<Mapping> objects, Mapping whole) {
        var terminal = session.terminal();
        switch (output) {
            case JSON, YAML -> {
                var items = whole.has("items")
                        ? whole.with("items", whole.sequence("items").map(GetCommand::withoutManagedFields))
                        : whole;
                Output.print(items, output, terminal);
            }
            case NAME ->
                objects.forEach(object -> terminal.out()
                        .println("holdfastapp.holdfast.dev/"
                                + Terminal.clean(new AppView(object).name().name())));
            case TABLE, WIDE -> {
                if (name != null && output == Output.TABLE && !watch)
                    session.pages().page(new AppView(objects.getFirst()));
                else rows(objects, noHeaders ? 1 : 0);
            }
        }
    }

    private static Value withoutManagedFields(Value item) {
        return item instanceof Mapping object
                ? object.with("metadata", object.mapping("metadata").without("managedFields"))
                : item;
    }

    private void rows(List<Mapping> objects, int skipped) {
        var columns = output == Output.WIDE ? AppPages.Columns.WIDE : AppPages.Columns.TABLE;
        var views = objects.stream().map(AppView::new).toList();
        session.pages().table(views, columns).stream()
                .skip(skipped)
                .forEach(session.terminal().out()::println);
    }

    private void follow(
            Session.Connection connection, Optional<String> namespace, Optional<String> only, String version) {
        var last = new TreeMap<AppName, Mapping>();
        connection.apps().watch(new Apps.Watching(namespace, only, version, FOLLOWED), event -> {
            var object = event.mapping("object");
            var app = new AppView(object).name();
            if (event.text("type").filter("ERROR"::equals).isPresent()) return false;
            if (!object.equals(last.put(app, object))) changed(object);
            return !session.terminal().out().checkError();
        });
    }

    private void changed(Mapping object) {
        switch (output) {
            case JSON, YAML, NAME -> print(List.of(object), object);
            case TABLE, WIDE -> rows(new ArrayList<>(Sequence.of(object).mappings()), 1);
        }
    }
}
