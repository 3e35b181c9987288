package dev.holdfast.runtime.git;

import dev.holdfast.model.Mapping;
import dev.holdfast.port.GitHost.Remote;
import dev.holdfast.port.Tasks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The remotes of sources, each with the credential that an App's namespace has for it. They are asked for at every
/// look at an app, and differ only when the Secrets do.
public final class Remotes {

    private static final int MOST = 20_000;

    private record Asked(String url, String namespace) {}

    private final CredentialLookup lookup;
    private final Supplier<List<Mapping>> secrets;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private List<Mapping> read = List.of();
    private final Map<Asked, Remote> known = new HashMap<>();

    /// @param secrets all labelled Secrets: the same list as long as none of them changed
    public Remotes(Tasks tasks, CredentialLookup lookup, Supplier<List<Mapping>> secrets) {
        this.lookup = lookup;
        this.secrets = secrets;
        this.monitor = tasks.monitor();
    }

    /// @throws dev.holdfast.model.FaultException where the Secret that is meant can't be read
    public Remote of(String url, String namespace) {
        var asked = new Asked(url, namespace);
        var now = secrets.get();
        var found = monitor.hold(() -> {
            if (read != now || known.size() > MOST) known.clear();
            read = now;
            return Optional.ofNullable(known.get(asked));
        });
        if (found.isPresent()) return found.get();
        var remote = new Remote(url, lookup.find(now, url, namespace));
        monitor.run(() -> {
            if (read == now) known.put(asked, remote);
        });
        return remote;
    }
}
