package dev.holdfast.cli;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Revision;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.port.GitHost.Remote;
import dev.holdfast.port.Refs;
import dev.holdfast.render.Render;
import dev.holdfast.render.Request;
import dev.holdfast.render.Result;
import dev.holdfast.runtime.apps.SecretWatch;
import dev.holdfast.runtime.home.Kinds;
import dev.holdfast.source.GitSettings;
import dev.holdfast.source.JGitHost;
import dev.holdfast.source.RepositoryCredentials;
import dev.holdfast.source.RepositoryCredentials.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Fetches and renders an App's sources in this process, with the credentials that the caller may read.
final class Sources implements AutoCloseable {

    private final Session session;
    private final Workplace workplace;
    private final LookOptions options;
    private final Path cache;
    private final JGitHost git;

    record Rendered(List<Manifest> manifests, List<Revision> revisions) {}

    Sources(Session session, Workplace workplace, LookOptions options) {
        this.session = session;
        this.workplace = workplace;
        this.options = options;
        this.cache = cache();
        var settings = GitSettings.in(cache, workplace.identity().key()).with(options.urls());
        this.git = new JGitHost(settings, workplace.tasks());
    }

    /// Folders in the cache are named by digests under the installation's key: without it nothing is kept.
    private Path cache() {
        if (workplace.identity().keyless().isEmpty())
            return session.cacheFolder().resolve("git");
        try {
            return Files.createTempDirectory("holdfast-git");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Rendered render(Placement placement) {
        var namespace = placement.key().app().namespace();
        var scope = new Scope(namespace, workplace.home().namespace());
        var secrets = secrets(scope);
        var manifests = new ArrayList<Manifest>();
        var revisions = new ArrayList<Revision>();
        for (var source : chosen(placement)) {
            var credential = RepositoryCredentials.select(secrets, source.url(), scope)
                    .map(RepositoryCredentials.Selected::credential);
            var store = git.store(new Remote(source.url(), credential));
            var at = Refs.resolve(store.refs(), source.ref());
            if (!at.note().isEmpty()) session.note(at.note());
            store.fetch(Set.of(at.commit()));
            var revision = new Revision(source.name(), Refs.words(at.ref()), at.commit());
            revisions.add(revision);
            manifests.addAll(rendered(Request.of(store.snapshot(at.commit()), revision, source)));
        }
        return new Rendered(manifests, revisions);
    }

    private List<Manifest> rendered(Request request) {
        return switch (Render.render(request)) {
            case Result.Rendered(var manifests, var _) -> manifests;
            case Result.Failed failed -> {
                var faults = failed.faults();
                for (var fault : faults.subList(0, faults.size() - 1)) Problem.print(fault, session.terminal());
                throw new FaultException(faults.getLast());
            }
            case Result.Needs(var needs, var _) ->
                throw Problem.of("NeedsUnmet", "rendering needs " + needs + ", which is not here", "");
        };
    }

    /// The sources, at the revision that was asked for.
    private List<Placement.Source> chosen(Placement placement) {
        var sources = placement.sources();
        var revision = options.revision();
        if (revision.isEmpty()) return sources;
        for (var source : sources) {
            var prefix = source.name() + "=";
            if (!revision.get().startsWith(prefix)) continue;
            var ref = revision.get().substring(prefix.length());
            return sources.stream()
                    .map(each -> each.equals(source) ? at(each, ref) : each)
                    .toList();
        }
        if (sources.size() == 1) return List.of(at(sources.getFirst(), revision.get()));
        throw Problem.of(
                "AmbiguousRevision",
                "the App has several sources, and --revision names none of them",
                "Write --revision NAME=REF; the names are "
                        + String.join(
                                ", ",
                                sources.stream().map(Placement.Source::name).toList()));
    }

    private static Placement.Source at(Placement.Source source, String ref) {
        return new Placement.Source(source.name(), source.url(), Optional.of(ref), source.path(), source.rendering());
    }

    private List<Mapping> secrets(Scope scope) {
        var secrets = new ArrayList<Mapping>();
        for (var namespace : new TreeSet<>(List.of(scope.namespace(), scope.own()))) {
            try {
                var selection = new Selection(Kinds.SECRETS, namespace, SecretWatch.SELECTOR, "", Form.WHOLE);
                workplace.cluster().list(selection, Caller.SELF, secrets::add);
            } catch (FaultException refused) {
                if (!refused.fault().code().equals("Forbidden")) throw refused;
                session.note("you may not list secrets in namespace " + namespace
                        + ": credentials of repositories that are kept there are not used");
            }
        }
        return secrets;
    }

    @Override
    public void close() {
        git.close();
        if (workplace.identity().keyless().isEmpty()) return;
        try (var all = Files.walk(cache)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException left) {
            session.note("the folder " + cache + " could not be removed");
        }
    }
}
