package dev.holdfast.source;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Snapshot;
import dev.holdfast.port.GitHost;
import dev.holdfast.port.Refs;
import dev.holdfast.port.Tasks;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/// One bare repository of the cache and the server it comes from. Calls that talk to the server or change the
/// repository go one after the other; reading goes on beside them, since objects never change.
final class JGitStore implements GitHost.Store {

    private static final String COMMITS = StoreRepository.OURS + "commits/";
    private static final String TIPS = StoreRepository.OURS + "tips/";
    private static final int REMEMBERED = 256;
    private static final Duration RENEWED_ONCE_IN = Duration.ofHours(1);

    private final RepositoryUrl url;
    private final Path folder;
    private final GitSettings.Limits limits;
    private final Tasks tasks;
    private final Tasks.Permits turn;
    private final Upstream upstream;
    private final TreeCache trees;
    private final AtomicReference<@Nullable StoreRepository> open = new AtomicReference<>();
    private final AtomicBoolean damaged = new AtomicBoolean();
    private final AtomicReference<@Nullable Root> lastRoot = new AtomicReference<>();
    /// Touched by whoever has the turn only.
    private SortedMap<String, String> advertised = Collections.emptySortedMap();
    private final LinkedHashSet<String> wanted = new LinkedHashSet<>();
    private @Nullable Absence absence;
    private Instant renewed = Instant.EPOCH;

    /// That commits were asked for in vain while the server had these refs: no need to search all its history
    /// again.
    private record Absence(SortedMap<String, String> refs, SortedSet<String> commits) {}

    private record Root(ObjectId commit, ObjectId tree) {}

    JGitStore(RepositoryUrl url, Path folder, GuardedConnections line, GitSettings.Limits limits, Tasks tasks) {
        this.url = url;
        this.folder = folder;
        this.limits = limits;
        this.tasks = tasks;
        this.turn = tasks.permits(1);
        this.upstream = new Upstream(url, line, limits.transfer(), tasks::now);
        this.trees = new TreeCache(tasks.monitor(), limits.trees(), limits.tree());
    }

    void alsoWritten(RepositoryUrl form) {
        upstream.alsoWritten(form);
    }

    @Override
    public String name() {
        return url.name();
    }

    @Override
    public Map<String, String> refs() {
        return inTurn(() -> {
            var refs = Collections.unmodifiableSortedMap(upstream.refs(repository()));
            advertised = refs;
            return refs;
        });
    }

    @Override
    public void fetch(Set<String> commits) {
        commits.forEach(this::id);
        inTurn(() -> {
            if (damaged.get() && mayRenew()) renew();
            remember(commits);
            try {
                bring(commits);
            } catch (FaultException failure) {
                if (repository().sound() || !mayRenew()) throw failure;
                renew();
                bring(commits);
            }
            lastRoot.set(null);
            PackUpkeep.when(repository(), limits.packs(), this::stillWanted);
            return true;
        });
    }

    @Override
    public void deepen(Set<String> commits) {
        commits.forEach(this::id);
        inTurn(() -> {
            upstream.deepen(repository(), commits);
            return true;
        });
    }

    private void bring(Set<String> commits) {
        var missing = new TreeSet<String>();
        for (var commit : commits) {
            if (!readable(commit)) missing.add(commit);
        }
        if (missing.isEmpty()) return;
        // what would come on top of commits that can't be read is no better, and as large as the whole repository
        if (damaged.get() && !repository().sound()) throw GitFaults.damaged(name(), null);
        var known = absence;
        if (known != null && known.refs().equals(advertised) && known.commits().containsAll(missing)) {
            throw GitFaults.commitNotFound(name(), missing.first());
        }
        upstream.fetch(repository(), missing, Upstream.since(tips(), advertised, missing));
        for (var commit : missing) {
            if (readable(commit)) continue;
            if (!repository().sound()) throw GitFaults.damaged(name(), null);
            if (advertised.containsValue(commit)) throw GitFaults.withheld(name(), commit);
            absence = new Absence(advertised, missing);
            throw GitFaults.commitNotFound(name(), commit);
        }
        hold(missing);
    }

    private boolean readable(String commit) {
        try (var walk = new RevWalk(repository())) {
            walk.parseTree(walk.parseCommit(ObjectId.fromString(commit)).getTree());
            return true;
        } catch (IOException absent) {
            return false;
        }
    }

    /// When the commits were made that we have of the server's refs.
    private Map<String, Instant> tips() {
        var tips = new TreeMap<String, Instant>();
        try (var walk = new RevWalk(repository())) {
            for (var ref : repository().getRefDatabase().getRefsByPrefix(TIPS)) {
                var time = Instant.ofEpochSecond(
                        walk.parseCommit(ref.getObjectId()).getCommitTime());
                tips.put("refs/" + ref.getName().substring(TIPS.length()), time);
            }
            return tips;
        } catch (IOException unreadable) {
            return Map.of();
        }
    }

    private void hold(Set<String> commits) {
        try {
            for (var commit : commits) {
                if (!point(COMMITS + commit, commit)) throw new IOException("the ref was not updated");
            }
            for (var ref : advertised.entrySet()) {
                if (commits.contains(ref.getValue()) && ref.getKey().startsWith("refs/")) {
                    // a hint for the next fetch, no more: two names may be in each other's way
                    var _ = point(TIPS + ref.getKey().substring("refs/".length()), ref.getValue());
                }
            }
        } catch (IOException failure) {
            throw GitFaults.disk(name(), failure);
        }
    }

    private boolean point(String ref, String commit) throws IOException {
        if (!Repository.isValidRefName(ref)) return false;
        RefUpdate update = repository().updateRef(ref);
        update.setNewObjectId(ObjectId.fromString(commit));
        update.setForceUpdate(true);
        update.disableRefLog();
        return RefUpdates.done(update.update());
    }

    private void remember(Set<String> commits) {
        for (var commit : new TreeSet<>(commits)) {
            wanted.remove(commit);
            wanted.addLast(commit);
            if (wanted.size() > REMEMBERED) wanted.removeFirst();
        }
    }

    /// Whether a ref of ours is still of use: what was asked for lately, and what the server still has.
    private boolean stillWanted(String ref) {
        if (ref.startsWith(COMMITS)) {
            var commit = ref.substring(COMMITS.length());
            return wanted.contains(commit) || advertised.containsValue(commit);
        }
        return !ref.startsWith(TIPS) || advertised.containsKey("refs/" + ref.substring(TIPS.length()));
    }

    @Override
    public Snapshot snapshot(String commit) {
        return reading(commit, id -> {
            var objects = new TreeObjects(this::repository, trees, this::damage);
            return new GitSnapshot(commit, root(id), objects, limits.tree(), tasks.monitor());
        });
    }

    /// All apps of a repository want the same commit, one after the other.
    private ObjectId root(ObjectId commit) throws IOException {
        var last = lastRoot.get();
        if (last != null && last.commit().equals(commit)) return last.tree();
        try (var walk = new RevWalk(repository())) {
            var tree = walk.parseCommit(commit).getTree().copy();
            lastRoot.set(new Root(commit, tree));
            return tree;
        }
    }

    @Override
    public GitHost.CommitInfo commit(String id) {
        return reading(id, commit -> {
            try (var reader = repository().newObjectReader()) {
                return History.commit(reader, commit);
            }
        });
    }

    @Override
    public Optional<Boolean> isAncestor(String ancestor, String descendant) {
        return reading(descendant, from -> {
            try (var reader = repository().newObjectReader()) {
                return History.isAncestor(reader, id(ancestor), from);
            }
        });
    }

    private interface Reading<T> {
        T of(ObjectId commit) throws IOException;
    }

    private <T> T reading(String commit, Reading<T> reading) {
        var id = id(commit);
        // opening sweeps the folder, so it takes its turn
        if (open.get() == null) inTurn(this::repository);
        try {
            return reading.of(id);
        } catch (MissingObjectException absent) {
            throw GitFaults.notFetched(name(), commit);
        } catch (IllegalArgumentException malformed) {
            throw GitFaults.hostileCommit(name(), commit);
        } catch (IOException failure) {
            throw damage(failure);
        }
    }

    private ObjectId id(String commit) {
        if (!Refs.commit(commit)) throw GitFaults.commitNotFound(name(), "(no commit id)");
        return ObjectId.fromString(commit);
    }

    /// Notes that the copy can't be trusted; the next fetch begins a new one.
    private FaultException damage(IOException failure) {
        // an interrupted read fails like a bad disk; the copy is none the worse for it
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedByInterruptException) throw new Tasks.Cancelled();
        }
        damaged.set(true);
        return GitFaults.damaged(name(), failure);
    }

    /// Opened by whoever has the turn.
    private StoreRepository repository() {
        var known = open.get();
        if (known != null) return known;
        try {
            var made = StoreRepository.open(folder, limits.transfer().objectBytes());
            if (!made.sound()) {
                made.close();
                StoreRepository.delete(folder);
                made = StoreRepository.open(folder, limits.transfer().objectBytes());
            }
            open.set(made);
            return made;
        } catch (IOException failure) {
            throw GitFaults.disk(name(), failure);
        }
    }

    /// Once an hour: what is wrong with a fresh copy is not the copy's fault, and a server that sends nonsense
    /// sends it again.
    private boolean mayRenew() {
        return tasks.now().isAfter(renewed.plus(RENEWED_ONCE_IN));
    }

    private void renew() {
        try {
            close();
            StoreRepository.delete(folder);
            lastRoot.set(null);
            damaged.set(false);
            renewed = tasks.now();
        } catch (IOException failure) {
            throw GitFaults.disk(name(), failure);
        }
    }

    void close() {
        var known = open.getAndSet(null);
        if (known != null) known.close();
    }

    private <T> T inTurn(Supplier<T> work) {
        turn.acquire();
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }
}
