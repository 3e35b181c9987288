package dev.holdfast.source;

import dev.holdfast.model.Digest;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.GitHost;
import dev.holdfast.port.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Git repositories over https (and http, and local ones, where allowed), kept as bare stores in the cache folder:
/// one for each repository and credential, so that nobody reads what another's credential fetched.
public final class JGitHost implements GitHost, AutoCloseable {

    private static final int DIGITS = 24;

    private final GitSettings settings;
    private final Tasks tasks;
    private final Tasks.Monitor monitor;
    private final CacheFolder cache;
    // guarded by the monitor
    private final Map<String, JGitStore> stores = new HashMap<>();
    private final Map<Remote, JGitStore> byRemote = new HashMap<>();

    public JGitHost(GitSettings settings, Tasks tasks) {
        IsolatedSystem.install();
        this.settings = settings;
        this.tasks = tasks;
        this.monitor = tasks.monitor();
        this.cache = CacheFolder.claim(settings.cache());
    }

    @Override
    public Store store(Remote remote) {
        // asked for at every look at an app: what was parsed and judged once stays so
        var asked = monitor.hold(() -> Optional.ofNullable(byRemote.get(remote)));
        if (asked.isPresent()) return asked.get();
        var store = opened(remote);
        monitor.run(() -> byRemote.put(remote, store));
        return store;
    }

    private JGitStore opened(Remote remote) {
        var url = RepositoryUrl.parse(remote.url()).allowedBy(settings.urls());
        var folder = folder(url, remote.credential());
        var known = monitor.hold(() -> Optional.ofNullable(stores.get(folder)));
        if (known.isPresent()) {
            known.get().alsoWritten(url);
            return known.get();
        }
        // trust is read before, since a bad CA bundle is a fault of this remote alone; monitors are no place for that
        var line = new GuardedConnections(
                url, remote.credential(), settings.limits().transfer(), tasks::now);
        var made = new JGitStore(url, cache.path().resolve(folder), line, settings.limits(), tasks);
        return monitor.hold(() -> {
            var other = stores.putIfAbsent(folder, made);
            return other == null ? made : other;
        });
    }

    /// The digest of the URL, and one of the credential under the installation's key.
    private String folder(RepositoryUrl url, Optional<Credential> credential) {
        return Digest.of(url.name()).first(DIGITS) + "-"
                + credential
                        .map(given -> Digest.keyed(settings.key(), value(given)).first(DIGITS))
                        .orElse("open");
    }

    private static Mapping value(Credential credential) {
        return Mapping.builder()
                .putIfPresent("user", credential.user())
                .putIfPresent("password", credential.password().map(secret -> secret.reveal()))
                .putIfPresent("ca", credential.certificateAuthority())
                .build();
    }

    /// Forgets the stores of all other remotes, and removes them from the disk.
    public void keepOnly(Collection<Remote> remotes) {
        var kept = new HashSet<String>();
        for (var remote : remotes) {
            try {
                kept.add(folder(RepositoryUrl.parse(remote.url()), remote.credential()));
            } catch (FaultException refused) {
                // a URL that was refused has no store
            }
        }
        var gone = monitor.hold(() -> {
            var others = stores.entrySet().stream()
                    .filter(store -> !kept.contains(store.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            stores.keySet().retainAll(kept);
            byRemote.values().retainAll(stores.values());
            return others;
        });
        gone.forEach(JGitStore::close);
        for (var folder : folders()) {
            var name = String.valueOf(folder.getFileName());
            if (kept.contains(name)) continue;
            try {
                StoreRepository.delete(folder);
            } catch (IOException failure) {
                throw GitFaults.disk("a repository that is no longer used", failure);
            }
        }
    }

    private List<Path> folders() {
        try (var all = Files.list(cache.path())) {
            return all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException failure) {
            throw GitFaults.disk("the cache", failure);
        }
    }

    @Override
    public void close() {
        monitor.hold(() -> List.copyOf(stores.values())).forEach(JGitStore::close);
        cache.close();
    }
}
