package dev.holdfast.render.kustomize.load;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Snapshot;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.yaml.YamlReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Files as one kustomization may read them: those in and below its directory, after symlinks are resolved; and the
/// directories of others, which may stand anywhere in the repository but not around it. Paths are shown with a
/// leading `/`, which stands for the repository's root; `..` at the root stays there.
public final class Loader {

    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    /// Deeper chains of bases are an attack.
    private static final int DEEPEST = 64;

    public enum Restriction {
        ROOT_ONLY,
        NONE
    }

    private final Files files;
    private final String root;
    private final @Nullable Loader referrer;
    private final Restriction restriction;

    private Loader(Files files, String root, @Nullable Loader referrer, Restriction restriction) {
        this.files = files;
        this.root = root;
        this.referrer = referrer;
        this.restriction = restriction;
    }

    /// @throws FaultException where the path is no directory
    public static Loader at(Files files, String directory, Restriction restriction) {
        return new Loader(files, directory(files, clean(directory), Origin.at(directory, 1, 1)), null, restriction);
    }

    /// The directory as messages show it.
    public String shown() {
        return shown(root);
    }

    static String shown(String path) {
        return "/" + path;
    }

    public String root() {
        return root;
    }

    public Files files() {
        return files;
    }

    /// The name that the file was found under, and what is in it.
    public record KustomizationFile(String name, Kustomization kustomization) {}

    public KustomizationFile kustomization(Origin asked) {
        var found = new ArrayList<String>();
        for (var name : NAMES) {
            var entry = files.snapshot().entry(below(name));
            if (entry.isPresent() && entry.get().kind() == Snapshot.Kind.FILE) found.add(name);
        }
        if (found.isEmpty()) {
            throw Refusal.at(
                    asked,
                    "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '"
                            + shown() + "'");
        }
        if (found.size() > 1) {
            throw Refusal.at(
                    Origin.at(below(found.get(1)), 1, 1), "Found multiple kustomization files under: " + shown());
        }
        var name = found.getFirst();
        var path = below(name);
        var document = YamlReader.go2()
                .document(path, files.read(path, asked), files.limits().reading());
        return new KustomizationFile(name, Kustomization.of(document, shown()));
    }

    private String below(String name) {
        return root.isEmpty() ? name : root + "/" + name;
    }

    /// A file that was read: where it stands, and what is in it.
    public record Loaded(String path, byte[] content) {}

    /// @param asked where the path is written
    /// @throws FaultException where there is none, or it may not be read
    public Loaded load(String path, Origin asked) {
        if (RemoteSpec.isRemoteFile(path)) throw remoteRefused(path, asked);
        if (path.startsWith("file://")) {
            throw Refusal.at(
                    asked,
                    "'" + path + "' names a place on a machine; only files of the repository are read",
                    "Copy it into the repository");
        }
        var wanted = path.startsWith("/") ? clean(path.substring(1)) : clean(below(path));
        var entry = files.snapshot().entry(wanted).orElseThrow(() -> absent(path, wanted, asked));
        if (entry.kind() == Snapshot.Kind.DIRECTORY) {
            throw Refusal.at(asked, "'" + shown(wanted) + "' must resolve to a file");
        }
        var real = files.snapshot().real(wanted);
        if (restriction == Restriction.ROOT_ONLY && !isIn(real, root)) {
            throw Refusal.at(
                    asked,
                    "security; file '" + shown(wanted) + "' is not in or below '" + shown() + "'",
                    "Move the file, or make its directory a base");
        }
        return new Loaded(wanted, files.read(wanted, asked));
    }

    private FaultException absent(String path, String wanted, Origin asked) {
        return Refusal.at(
                asked,
                "'" + shown(wanted) + "' doesn't exist",
                "Check the path '" + path + "'; it is relative to " + shown());
    }

    static FaultException remoteRefused(String path, Origin asked) {
        return Refusal.at(
                asked,
                "the remote file '" + path + "' is not read",
                "Commit a copy of it, or allow remote bases where it is a resource");
    }

    public boolean isDirectory(String path) {
        return files.snapshot()
                .entry(clean(below(path)))
                .filter(entry -> entry.kind() == Snapshot.Kind.DIRECTORY)
                .isPresent();
    }

    /// The directory of another kustomization.
    /// @throws FaultException where it is none, or where it would go in a circle
    public Loader enter(String path, Origin asked) {
        if (path.isEmpty()) throw Refusal.at(asked, "new root cannot be empty");
        if (path.startsWith("/")) throw Refusal.at(asked, "new root '" + path + "' cannot be absolute");
        for (var part : path.split("/")) {
            boolean odd = !part.equals("..") && part.contains("..");
            if (odd) throw Refusal.at(asked, "the path '" + path + "' has an ambiguous segment '" + part + "'");
        }
        var directory = directory(files, clean(below(path)), asked);
        int depth = 0;
        for (Loader visited = this; visited != null; visited = visited.referrer) {
            if (isIn(visited.root, directory) && visited.files == files) {
                throw Refusal.at(
                        asked,
                        "cycle detected: candidate root '" + shown(directory) + "' contains visited root '"
                                + visited.shown() + "'");
            }
            if (++depth > DEEPEST) throw Refusal.at(asked, "bases are nested deeper than " + DEEPEST + " levels");
        }
        return new Loader(files, directory, this, restriction);
    }

    /// Another repository, at the directory that its address names.
    public Loader enterRemote(Files other, String directory, Origin asked) {
        int depth = 0;
        for (Loader visited = this; visited != null; visited = visited.referrer) {
            if (++depth > DEEPEST) throw Refusal.at(asked, "bases are nested deeper than " + DEEPEST + " levels");
        }
        return new Loader(other, directory(other, clean(directory), asked), this, Restriction.ROOT_ONLY);
    }

    private static String directory(Files files, String path, Origin asked) {
        var entry = files.snapshot().entry(path);
        if (entry.isEmpty()) {
            throw Refusal.at(
                    asked, "must build at directory: not a valid directory: '" + shown(path) + "' doesn't exist");
        }
        if (entry.get().kind() != Snapshot.Kind.DIRECTORY) {
            throw Refusal.at(asked, "must build at directory: '" + shown(path) + "': file is not directory");
        }
        return files.snapshot().real(path);
    }

    private static boolean isIn(String path, String directory) {
        return directory.isEmpty() || path.equals(directory) || path.startsWith(directory + "/");
    }

    /// Without `.`, `..` and empty parts; `..` at the root stays there.
    static String clean(String path) {
        var parts = new ArrayDeque<String>();
        for (var part : path.split("/")) {
            switch (part) {
                case "", "." -> {}
                case ".." -> parts.pollLast();
                default -> parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /// A file of settings as one value; nothing is an empty map.
    public Value settings(String path, Origin asked) {
        var loaded = load(path, asked);
        var document = YamlReader.go2()
                .document(loaded.path(), loaded.content(), files.limits().reading());
        return document.isNull() ? Mapping.EMPTY : document;
    }
}
