package dev.holdfast.runtime.git;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Snapshot;
import dev.holdfast.port.GitHost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// A Git host of which a test says what it answers, and which counts what it was asked.
final class ScriptedGit implements GitHost {

    final Map<String, Repository> repositories = new TreeMap<>();

    static final class Repository implements Store {
        final String name;
        final Map<String, String> refs = new TreeMap<>();
        final List<Set<String>> fetched = new ArrayList<>();
        final List<Set<String>> deepened = new ArrayList<>();
        /// What is known of ancestry, after so many times of deepening.
        IntFunction<Optional<Boolean>> ancestry = _ -> Optional.of(true);
        Optional<Fault> fault = Optional.empty();
        Optional<RuntimeException> bug = Optional.empty();
        int asked;
        Runnable whileAsking = () -> {};

        Repository(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Map<String, String> refs() {
            asked++;
            whileAsking.run();
            if (bug.isPresent()) throw bug.get();
            if (fault.isPresent()) throw new FaultException(fault.get());
            return Map.copyOf(refs);
        }

        @Override
        public void fetch(Set<String> commits) {
            for (var commit : commits) {
                if (!refs.containsValue(commit)) {
                    throw new FaultException(Fault.terminal("CommitNotFound", "no commit " + commit, ""));
                }
            }
            fetched.add(commits);
        }

        @Override
        public Snapshot snapshot(String commit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CommitInfo commit(String id) {
            return new CommitInfo(id, "", Instant.EPOCH, "", List.of());
        }

        @Override
        public void deepen(Set<String> commits) {
            deepened.add(commits);
        }

        @Override
        public Optional<Boolean> isAncestor(String ancestor, String descendant) {
            return ancestry.apply(deepened.size());
        }
    }

    Repository repository(String url) {
        return repositories.computeIfAbsent(url, Repository::new);
    }

    @Override
    public Store store(Remote remote) {
        if (remote.url().startsWith("file:")) {
            throw new FaultException(Fault.terminal("UrlRefused", "no local paths", ""));
        }
        return repository(remote.url());
    }
}
