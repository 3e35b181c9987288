package dev.holdfast.testkit;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.port.GitHost;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Git repositories in memory, for simulations: what people push, and servers that are away, refuse or are empty,
/// as a script has it. Passes the same contract as the real thing.
public final class FakeGitHost implements GitHost, Forge {

    private static final String HOST = "https://git.test/";

    private final InstantSource clock;
    private final Map<String, FakeRepository> repositories = new TreeMap<>();
    private final Map<Remote, Store> stores = new LinkedHashMap<>();

    /// @param clock when commits are made
    public FakeGitHost(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public FakeRepository create(String name) {
        var made = new FakeRepository(HOST + name, clock);
        repositories.put(HOST + name, made);
        return made;
    }

    @Override
    public Store store(Remote remote) {
        var url = normal(remote.url());
        var named = new Remote(url, remote.credential());
        return stores.computeIfAbsent(named, _ -> new FakeStore(named, Optional.ofNullable(repositories.get(url))));
    }

    private static String normal(String url) {
        var path = url.startsWith("https://") ? url.substring("https://".length()) : "";
        if (path.isEmpty() || path.contains("@")) {
            throw new FaultException(Fault.terminal(
                    "UrlRefused", "the repository URL is refused: it is no plain https URL", "Write it like " + HOST));
        }
        var plain = url.replaceFirst("/+$", "");
        return plain.endsWith(".git") ? plain.substring(0, plain.length() - 4) : plain;
    }
}
