package dev.holdfast.cli;

import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.light.LightTransport;
import dev.holdfast.model.AppName;
import dev.holdfast.model.Ref;
import dev.holdfast.port.ApiTransport;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine;

/// What every command needs: the terminal, the environment, and the way to a cluster.
final class Session {

    private final Terminal terminal;
    private final Map<String, String> environment;

    Session(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    Terminal terminal() {
        return terminal;
    }

    /// Something that a person should know, beside the data.
    void note(String text) {
        terminal.err().println(terminal.paint(Terminal.Paint.DIM, "note: ") + Terminal.clean(text));
    }

    void notShown(Ref ref, String why) {
        terminal.err().println("not shown: " + Terminal.line(ref.words() + " (" + why + ")"));
    }

    Instant now() {
        return Instant.now();
    }

    AppPages pages() {
        return new AppPages(terminal, now());
    }

    /// A cluster as a kubeconfig names it, and the namespace that holds without -n.
    record Connection(ApiTransport transport, String namespace, String name) implements AutoCloseable {
        Apps apps() {
            return new Apps(transport);
        }

        /// `NAME` in the namespace that holds, or `NAMESPACE/NAME`.
        AppName named(String app) {
            int slash = app.indexOf('/');
            return slash < 0
                    ? new AppName(namespace, app)
                    : new AppName(app.substring(0, slash), app.substring(slash + 1));
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    Connection connect(ClusterOptions options) {
        var config = Kubeconfig.load(
                Kubeconfig.files(options.kubeconfig(), environment),
                options.context().orElse(""));
        return new Connection(
                new LightTransport(config), options.namespace().orElse(config.namespace()), config.context());
    }

    Path cacheFolder() {
        var cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        var base = cache.isEmpty() ? Path.of(environment.getOrDefault("HOME", "."), ".cache") : Path.of(cache);
        return base.resolve("holdfast");
    }

    /// Gives commands this session: the one thing that is not made by picocli itself.
    CommandLine.IFactory factory() {
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                try {
                    var constructor = type.getDeclaredConstructor(Session.class);
                    return constructor.newInstance(Session.this);
                } catch (NoSuchMethodException plain) {
                    return CommandLine.defaultFactory().create(type);
                } catch (InvocationTargetException failed) {
                    throw new IllegalStateException(failed.getCause());
                }
            }
        };
    }
}
