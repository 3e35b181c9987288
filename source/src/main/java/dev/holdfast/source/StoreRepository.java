package dev.holdfast.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;

/// A bare repository of the cache. Takes no object over the limit from a pack, and does nothing by itself: no
/// collection in the background, no hooks, no reflog.
final class StoreRepository extends FileRepository {

    /// Everything we keep alive is below here; the server's own ref names never become local ones.
    static final String OURS = "refs/holdfast/";

    private final long objectBytes;

    private StoreRepository(FileRepositoryBuilder options, long objectBytes) throws IOException {
        super(options);
        this.objectBytes = objectBytes;
    }

    /// Opens a store, or makes a new one where there is none or a half-made one. What a dead process left behind is
    /// removed first: the cache folder is ours alone (see {@link CacheFolder}).
    static StoreRepository open(Path folder, long objectBytes) throws IOException {
        IsolatedSystem.install();
        if (Files.exists(folder)) sweep(folder);
        var repository = at(folder, objectBytes);
        if (repository.getConfig().getBoolean("holdfast", "complete", false)) return repository;
        repository.close();
        delete(folder);
        return create(folder, objectBytes);
    }

    private static StoreRepository create(Path folder, long objectBytes) throws IOException {
        var repository = at(folder, objectBytes);
        repository.create(true);
        delete(folder.resolve("hooks"));
        var config = repository.getConfig();
        config.setInt("gc", null, "auto", 0);
        config.setBoolean("core", null, "logAllRefUpdates", false);
        config.setBoolean("holdfast", null, "complete", true);
        config.save();
        return repository;
    }

    private static StoreRepository at(Path folder, long objectBytes) throws IOException {
        var options = new FileRepositoryBuilder();
        options.setFS(new IsolatedSystem.Files());
        options.setGitDir(folder.toFile());
        options.setBare();
        return new StoreRepository(options.setup(), objectBytes);
    }

    /// Removes lock files, unfinished packs and anything that would make objects come from elsewhere.
    private static void sweep(Path folder) throws IOException {
        var leftovers = new ArrayList<Path>();
        try (var files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).filter(StoreRepository::leftover).forEach(leftovers::add);
        }
        for (var file : leftovers) Files.deleteIfExists(file);
    }

    private static boolean leftover(Path file) {
        var name = String.valueOf(file.getFileName());
        if (name.endsWith(".pack")) {
            var index = file.resolveSibling(name.substring(0, name.length() - 5) + ".idx");
            return name.startsWith("incoming_") || !Files.exists(index);
        }
        return name.endsWith(".lock")
                || name.endsWith(".keep")
                || name.endsWith("_tmp")
                || name.startsWith("incoming_")
                || name.startsWith("noz")
                || name.startsWith("commit_")
                || name.equals("alternates")
                || name.equals("http-alternates");
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) return;
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : all) Files.deleteIfExists(file);
    }

    /// Whether the commits that we hold, and their root trees, can be read. A pack that was cut short or spoilt
    /// shows here or when one of its objects is read.
    boolean sound() {
        try (var walk = new RevWalk(this)) {
            for (var ref : getRefDatabase().getRefsByPrefix(OURS)) {
                var id = ref.getObjectId();
                if (id == null) return false;
                var held = walk.peel(walk.parseAny(id));
                if (held.getType() == Constants.OBJ_COMMIT) {
                    walk.getObjectReader().open(walk.parseCommit(held).getTree(), Constants.OBJ_TREE);
                }
            }
            return true;
        } catch (IOException | RuntimeException spoilt) {
            return false;
        }
    }

    @Override
    public void autoGC(ProgressMonitor monitor) {}

    @Override
    public ObjectInserter newObjectInserter() {
        var inserter = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return inserter;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                var parser = inserter.newPackParser(in);
                parser.setMaxObjectSizeLimit(objectBytes);
                return parser;
            }
        };
    }
}
