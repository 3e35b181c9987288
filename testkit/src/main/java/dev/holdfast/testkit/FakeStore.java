package dev.holdfast.testkit;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Snapshot;
import dev.holdfast.port.GitHost;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one credential fetched from a {@link FakeRepository}. Like a shallow clone it knows no history beyond the
/// parents of what was fetched.
final class FakeStore implements GitHost.Store {

    private final GitHost.Remote remote;
    private final Optional<FakeRepository> repository;
    private final Map<String, FakeRepository.Commit> fetched = new TreeMap<>();

    FakeStore(GitHost.Remote remote, Optional<FakeRepository> repository) {
        this.remote = remote;
        this.repository = repository;
    }

    @Override
    public String name() {
        return remote.url();
    }

    @Override
    public Map<String, String> refs() {
        return answering().list();
    }

    @Override
    public void fetch(Set<String> commits) {
        var missing = new TreeSet<>(commits);
        missing.removeAll(fetched.keySet());
        if (missing.isEmpty()) return;
        var server = answering();
        for (var id : missing) {
            var commit = server.commits().get(id);
            if (commit == null) throw terminal("CommitNotFound", "commit " + id + " is not in " + name());
            fetched.put(id, commit);
        }
    }

    @Override
    public void deepen(Set<String> commits) {
        var server = answering();
        var next = new ArrayDeque<>(commits);
        while (!next.isEmpty()) {
            var commit = server.commits().get(next.remove());
            if (commit == null) continue;
            fetched.put(commit.info().id(), commit);
            next.addAll(commit.info().parents());
        }
    }

    private FakeRepository answering() {
        var server = repository.orElseThrow(() -> terminal("RepositoryNotFound", name() + " does not exist"));
        server.trouble().ifPresent(trouble -> {
            throw switch (trouble) {
                case UNREACHABLE -> passing("RepositoryUnreachable", name() + " can't be reached");
                case UNAVAILABLE -> passing("RepositoryUnreachable", name() + " answered 503");
                case LOGIN_PAGE -> passing("NotAGitServer", name() + " answered with a web page");
                case GONE -> terminal("RepositoryNotFound", name() + " does not exist");
            };
        });
        if (!server.admits(remote.credential()))
            throw terminal("CredentialRefused", name() + " refused the credential");
        return server;
    }

    @Override
    public Snapshot snapshot(String commit) {
        var snapshot = InMemorySnapshot.of(known(commit).files());
        for (var link : known(commit).links().entrySet()) {
            snapshot = snapshot.withLink(link.getKey(), link.getValue());
        }
        return snapshot.named(commit);
    }

    @Override
    public GitHost.CommitInfo commit(String id) {
        return known(id).info();
    }

    private FakeRepository.Commit known(String id) {
        var commit = fetched.get(id);
        if (commit == null) throw passing("CommitNotFetched", "commit " + id + " of " + name() + " is not here");
        return commit;
    }

    @Override
    public Optional<Boolean> isAncestor(String ancestor, String descendant) {
        var next = new ArrayDeque<>(Set.of(known(descendant).info().id()));
        var seen = new HashSet<String>();
        boolean complete = true;
        while (!next.isEmpty()) {
            var id = next.remove();
            if (id.equals(ancestor)) return Optional.of(true);
            if (!seen.add(id)) continue;
            var commit = fetched.get(id);
            if (commit == null) complete = false;
            else next.addAll(commit.info().parents());
        }
        return complete ? Optional.of(false) : Optional.empty();
    }

    private static FaultException passing(String code, String message) {
        return new FaultException(Fault.temporary(code, message, "It is tried again by itself"));
    }

    private static FaultException terminal(String code, String message) {
        return new FaultException(Fault.terminal(code, message, "Check the URL, the commit and the credential"));
    }
}
