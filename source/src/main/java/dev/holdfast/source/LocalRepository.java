package dev.holdfast.source;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// A bare repository on this machine that commits are written to without a work tree: what the demo and the
/// benchmarks serve through a {@link GitEndpoint}.
public final class LocalRepository implements AutoCloseable {

    private static final String NAME = "Holdfast";
    private static final String MAIL = "holdfast@localhost";

    private final Repository repository;
    private final InstantSource clock;

    private LocalRepository(Repository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /// What a commit changes on a branch: files that it writes, and files or whole directories (with a `/` at the
    /// end) that it removes.
    public record Change(String branch, String message, SortedMap<String, String> files, SortedSet<String> removed) {

        public Change {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
            removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
        }

        public static Change on(String branch, String message) {
            return new Change(branch, message, new TreeMap<>(), new TreeSet<>());
        }

        public Change with(String path, String content) {
            return with(Map.of(path, content));
        }

        public Change with(Map<String, String> more) {
            var all = new TreeMap<>(files);
            all.putAll(more);
            return new Change(branch, message, all, removed);
        }

        public Change without(String... paths) {
            var all = new TreeSet<>(removed);
            all.addAll(Set.of(paths));
            return new Change(branch, message, files, all);
        }
    }

    /// Makes an empty bare repository whose `HEAD` is `main`.
    public static LocalRepository create(Path folder, InstantSource clock) {
        return open(folder, clock, repository -> {
            repository.create(true);
            var config = repository.getConfig();
            config.setInt("gc", null, "auto", 0);
            config.setInt("pack", null, "threads", 1);
            // it is fetched from this machine: what a delta saves on the way costs more than the way
            config.setBoolean("pack", null, "deltacompression", false);
            config.save();
            var head = repository.updateRef(Constants.HEAD);
            head.link(Constants.R_HEADS + "main");
        });
    }

    public static LocalRepository open(Path folder, InstantSource clock) {
        return open(folder, clock, _ -> {});
    }

    private interface Preparation {
        void prepare(FileRepository repository) throws IOException;
    }

    private static LocalRepository open(Path folder, InstantSource clock, Preparation preparation) {
        IsolatedSystem.install();
        try {
            var options = new FileRepositoryBuilder();
            options.setFS(new IsolatedSystem.Files());
            options.setGitDir(folder.toFile());
            options.setBare();
            var repository = new FileRepository(options.setup());
            preparation.prepare(repository);
            return new LocalRepository(repository, clock);
        } catch (IOException failure) {
            throw failed("opened", failure);
        }
    }

    /// Commits on top of the branch, which is made where there is none; gives the commit's id.
    public String commit(Change change) {
        return commit(change, tip(change.branch()));
    }

    /// Commits on top of another commit and moves the branch there, whatever it was at: a force-push.
    public String commitOnto(String parent, Change change) {
        return commit(change, Optional.of(parent));
    }

    private String commit(Change change, Optional<String> parent) {
        try (var inserter = repository.newObjectInserter();
                var walk = new RevWalk(repository)) {
            var index = DirCache.newInCore();
            if (parent.isPresent()) {
                var tree = walk.parseCommit(ObjectId.fromString(parent.get())).getTree();
                index = DirCache.read(walk.getObjectReader(), tree);
            }
            edit(index, change, inserter);
            var commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            parent.ifPresent(id -> commit.setParentId(ObjectId.fromString(id)));
            commit.setAuthor(author());
            commit.setCommitter(author());
            commit.setMessage(change.message());
            var id = inserter.insert(commit);
            inserter.flush();
            point(Constants.R_HEADS + change.branch(), id);
            return id.name();
        } catch (IOException failure) {
            throw failed("written", failure);
        }
    }

    private static void edit(DirCache index, Change change, ObjectInserter inserter) throws IOException {
        var editor = index.editor();
        for (var path : change.removed()) {
            editor.add(path.endsWith("/") ? new DirCacheEditor.DeleteTree(path) : new DirCacheEditor.DeletePath(path));
        }
        for (var file : change.files().entrySet()) {
            var blob = inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8));
            editor.add(new DirCacheEditor.PathEdit(file.getKey()) {
                @Override
                public void apply(DirCacheEntry entry) {
                    entry.setFileMode(FileMode.REGULAR_FILE);
                    entry.setObjectId(blob);
                }
            });
        }
        editor.finish();
    }

    private PersonIdent author() {
        return new PersonIdent(NAME, MAIL, clock.instant(), ZoneOffset.UTC);
    }

    /// Moves a branch to a commit, forwards or back.
    public void reset(String branch, String commit) {
        try {
            point(Constants.R_HEADS + branch, ObjectId.fromString(commit));
        } catch (IOException failure) {
            throw failed("written", failure);
        }
    }

    public void deleteBranch(String branch) {
        try {
            var update = repository.updateRef(Constants.R_HEADS + branch);
            update.setForceUpdate(true);
            check(update.delete());
        } catch (IOException failure) {
            throw failed("written", failure);
        }
    }

    /// An annotated tag.
    public void tag(String name, String commit) {
        try (var inserter = repository.newObjectInserter()) {
            var tag = new TagBuilder();
            tag.setTag(name);
            tag.setObjectId(ObjectId.fromString(commit), Constants.OBJ_COMMIT);
            tag.setTagger(author());
            tag.setMessage(name);
            var id = inserter.insert(tag);
            inserter.flush();
            point(Constants.R_TAGS + name, id);
        } catch (IOException failure) {
            throw failed("written", failure);
        }
    }

    /// The commit of a branch; empty where there is no such branch.
    public Optional<String> tip(String branch) {
        try {
            var ref = repository.exactRef(Constants.R_HEADS + branch);
            return ref == null || ref.getObjectId() == null
                    ? Optional.empty()
                    : Optional.of(ref.getObjectId().name());
        } catch (IOException failure) {
            throw failed("read", failure);
        }
    }

    private void point(String ref, ObjectId id) throws IOException {
        var update = repository.updateRef(ref);
        update.setNewObjectId(id);
        update.setForceUpdate(true);
        check(update.update());
    }

    private static void check(RefUpdate.Result result) throws IOException {
        if (!RefUpdates.done(result)) throw new IOException("the ref was not updated: " + result);
    }

    /// For the endpoint of this package.
    Repository repository() {
        return repository;
    }

    private static FaultException failed(String what, IOException failure) {
        return new FaultException(
                Fault.temporary(
                        "LocalRepositoryFailed",
                        "the local repository can't be " + what + ": "
                                + failure.getClass().getSimpleName(),
                        "Check its folder"),
                failure);
    }

    @Override
    public void close() {
        repository.close();
    }
}
