package dev.holdfast.source;

import dev.holdfast.model.FaultException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/// The server's side of a store: what refs it has, and getting commits from it with as little as possible.
final class Upstream {

    private static final int ALL_HISTORY = Integer.MAX_VALUE;
    private static final int MOST_FORMS = 4;
    private static final int MOST_REFS = 200_000;

    private final RepositoryUrl url;
    private final AtomicReference<List<RepositoryUrl>> forms;
    private final GuardedConnections line;
    private final GitSettings.TransferLimits limits;
    private final Supplier<Instant> clock;

    Upstream(RepositoryUrl url, GuardedConnections line, GitSettings.TransferLimits limits, Supplier<Instant> clock) {
        this.url = url;
        this.forms = new AtomicReference<>(List.of(url));
        this.line = line;
        this.limits = limits;
        this.clock = clock;
    }

    /// Ref names to commits, annotated tags peeled.
    SortedMap<String, String> refs(StoreRepository store) {
        return connected(store, transport -> {
            try (var connection = transport.openFetch()) {
                var refs = new TreeMap<String, String>();
                for (var ref : connection.getRefs()) {
                    var id = ref.getPeeledObjectId() != null ? ref.getPeeledObjectId() : ref.getObjectId();
                    if (id != null && !ref.getName().endsWith("^{}")) refs.put(ref.getName(), id.name());
                    if (refs.size() > MOST_REFS) throw GitFaults.tooLarge(url.name(), "the list of refs", MOST_REFS);
                }
                return refs;
            }
        });
    }

    /// Fetches commits: what was added since a commit that we have of the same ref where there is one, else the
    /// commit alone. Servers differ in what they grant, so a refusal leads to the next, larger request: the whole
    /// history by id, then all branches and tags. A commit that is still absent afterwards is not there.
    ///
    /// @param since when the commits we had of the same refs were made
    void fetch(StoreRepository store, Set<String> commits, Optional<Instant> since) {
        var byId = new ArrayList<RefSpec>();
        for (var commit : new TreeSet<>(commits)) byId.add(new RefSpec(commit));
        var attempts = new ArrayList<Attempt>();
        since.ifPresent(time -> attempts.add(new Attempt(byId, transport -> transport.setDeepenSince(time))));
        attempts.add(new Attempt(byId, transport -> transport.setDepth(1)));
        attempts.add(new Attempt(byId, _ -> {}));
        attempts.add(new Attempt(EVERYTHING, transport -> transport.setDepth(ALL_HISTORY)));
        attempts.add(new Attempt(EVERYTHING, _ -> {}));
        for (var attempt : attempts) {
            if (granted(store, attempt) && holds(store, commits)) return;
        }
    }

    /// Fetches the whole history of commits that are here, or as much as the server grants.
    void deepen(StoreRepository store, Set<String> commits) {
        var byId = new ArrayList<RefSpec>();
        for (var commit : new TreeSet<>(commits)) byId.add(new RefSpec(commit));
        if (granted(store, new Attempt(byId, transport -> transport.setDepth(ALL_HISTORY)))) return;
        granted(store, new Attempt(EVERYTHING, transport -> transport.setDepth(ALL_HISTORY)));
    }

    private record Attempt(List<RefSpec> wanted, Consumer<Transport> extent) {}

    private static final List<RefSpec> EVERYTHING = List.of(
            new RefSpec("+refs/heads/*:" + StoreRepository.OURS + "all/heads/*"),
            new RefSpec("+refs/tags/*:" + StoreRepository.OURS + "all/tags/*"));

    private boolean granted(StoreRepository store, Attempt attempt) {
        return connected(store, transport -> {
            attempt.extent().accept(transport);
            try {
                transport.fetch(NullProgressMonitor.INSTANCE, attempt.wanted());
                return true;
            } catch (TransportException refusal) {
                if (refusedByServer(refusal)) return false;
                throw refusal;
            }
        });
    }

    /// A server's own words against a request, or a request that its protocol can't express; anything with a cause
    /// is a failure on the way.
    private static boolean refusedByServer(TransportException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FaultException
                    || cause instanceof NoRemoteRepositoryException
                    || cause instanceof TooLargeObjectInPackException
                    || cause instanceof TooLargePackException) {
                return false;
            }
            if (!(cause instanceof TransportException) && cause instanceof IOException) return false;
        }
        return true;
    }

    private static boolean holds(StoreRepository store, Collection<String> commits) {
        return commits.stream().allMatch(commit -> store.getObjectDatabase().has(ObjectId.fromString(commit)));
    }

    private interface Exchange<T> {
        T over(Transport transport) throws IOException;
    }

    /// Another way in which an App writes the URL: with or without `.git`, most often.
    void alsoWritten(RepositoryUrl form) {
        forms.updateAndGet(known -> {
            if (known.contains(form) || known.size() >= MOST_FORMS) return known;
            var more = new ArrayList<>(known);
            more.add(form);
            return List.copyOf(more);
        });
    }

    /// Some servers know a repository under one form of its URL only; the form that works goes first from then on.
    private <T> T connected(StoreRepository store, Exchange<T> exchange) {
        var known = forms.get();
        for (int i = 0; ; i++) {
            try {
                var answer = connected(known.get(i), store, exchange);
                int worked = i;
                forms.updateAndGet(all -> {
                    var sorted = new ArrayList<>(all);
                    sorted.remove(known.get(worked));
                    sorted.addFirst(known.get(worked));
                    return List.copyOf(sorted);
                });
                return answer;
            } catch (FaultException failure) {
                if (!failure.fault().code().equals("RepositoryNotFound") || i + 1 == known.size()) throw failure;
            }
        }
    }

    private <T> T connected(RepositoryUrl form, StoreRepository store, Exchange<T> exchange) {
        try (var transport = Transport.open(store, new URIish(form.wire()))) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(line.until(clock.get().plus(limits.whole())));
            }
            return exchange.over(transport);
        } catch (NoRemoteRepositoryException | NotSupportedException absent) {
            // over HTTP an absent repository is a status, which was judged before; this is an answer cut short
            throw form.local()
                    ? GitFaults.notFound(url.name())
                    : GitFaults.unreachable(url.name(), "its answer ends too early", absent);
        } catch (IOException | RuntimeException | java.net.URISyntaxException failure) {
            throw GitFaults.of(url.name(), failure, limits);
        }
    }

    /// When the newest of the commits that we had of the same refs was made; empty where there is none.
    static Optional<Instant> since(Map<String, Instant> tips, Map<String, String> advertised, Set<String> commits) {
        Instant earliest = null;
        for (var commit : commits) {
            Instant known = null;
            for (var ref : advertised.entrySet()) {
                var tip = ref.getValue().equals(commit) ? tips.get(ref.getKey()) : null;
                if (tip != null && (known == null || tip.isAfter(known))) known = tip;
            }
            if (known == null) return Optional.empty();
            if (earliest == null || known.isBefore(earliest)) earliest = known;
        }
        return Optional.ofNullable(earliest);
    }
}
