package dev.holdfast.cli;

import dev.holdfast.cluster.kubeconfig.Kubeconfig;
import dev.holdfast.cluster.light.LightTransport;
import dev.holdfast.port.ApiTransport;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

    Instant now() {
        return Instant.now();
    }

    AppPages pages() {
        return new AppPages(terminal, now());
    }

    /// A cluster as a kubeconfig names it, and the namespace that holds without -n.
    record Connection(ApiTransport transport, String namespace) implements AutoCloseable {
        Apps apps() {
            return new Apps(transport);
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    Connection connect(ClusterOptions options) {
        var file = kubeconfig(options.kubeconfig());
        try {
            var config = Kubeconfig.load(Files.readString(file), options.context(), file.toAbsolutePath().getParent());
            return new Connection(new LightTransport(config), options.namespace().orElse(config.namespace()));
        } catch (IOException unreadable) {
            throw Problem.of(
                    "NoKubeconfig",
                    "cannot read the kubeconfig " + file,
                    "Name one: --kubeconfig FILE, or the variable KUBECONFIG");
        }
    }

    private Path kubeconfig(Optional<Path> given) {
        return given.orElseGet(() -> {
            var named = environment.getOrDefault("KUBECONFIG", "");
            if (!named.isEmpty()) return Path.of(named.split(java.io.File.pathSeparator, -1)[0]);
            return Path.of(environment.getOrDefault("HOME", ""), ".kube", "config");
        });
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
