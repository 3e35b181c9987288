package dev.holdfast.source;

import dev.holdfast.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/// How {@link JGitHost} works: where it keeps its bare stores, which URLs it talks to, and how much it accepts.
/// `key` (the installation's) goes into the folder names in place of the credential: nothing on disk lets anyone
/// guess it.
public record GitSettings(Path cache, Secret key, UrlPolicy urls, Limits limits) {

    public GitSettings {
        Objects.requireNonNull(cache);
        Objects.requireNonNull(key);
    }

    public static GitSettings in(Path cache, Secret key) {
        return new GitSettings(cache, key, UrlPolicy.STRICT, Limits.DEFAULT);
    }

    public GitSettings with(UrlPolicy policy) {
        return new GitSettings(cache, key, policy, limits);
    }

    public GitSettings with(Limits bounds) {
        return new GitSettings(cache, key, urls, bounds);
    }

    /// https is always allowed, http always to loopback.
    public record UrlPolicy(boolean httpAllowed, boolean localAllowed) {
        public static final UrlPolicy STRICT = new UrlPolicy(false, false);
    }

    /// What a repository may cost.
    ///
    /// @param tree of one snapshot, as its readers see it
    /// @param transfer of one fetch
    /// @param packs how many packs a store may have before they are repacked into one
    /// @param trees how many recently read directories one store keeps in memory
    public record Limits(TreeLimits tree, TransferLimits transfer, int packs, int trees) {
        public static final Limits DEFAULT = new Limits(TreeLimits.DEFAULT, TransferLimits.DEFAULT, 50, 4096);

        public Limits with(TreeLimits bounds) {
            return new Limits(bounds, transfer, packs, trees);
        }

        public Limits with(TransferLimits bounds) {
            return new Limits(tree, bounds, packs, trees);
        }

        public Limits withPacks(int count) {
            return new Limits(tree, transfer, count, trees);
        }
    }

    /// @param fileBytes of one file that is read
    /// @param directoryEntries directly below one directory
    /// @param listedEntries in all the directories that one snapshot lists, however often a path leads to them
    /// @param depth of a path, in segments
    public record TreeLimits(long fileBytes, int directoryEntries, int listedEntries, int depth) {
        public static final TreeLimits DEFAULT = new TreeLimits(10L << 20, 50_000, 500_000, 64);
    }

    /// @param packBytes that a server may send in answer to one request
    /// @param objectBytes of one object, unpacked
    /// @param connect until a connection stands
    /// @param silence between two bytes of an answer
    /// @param whole for one call of the store, all its requests together
    public record TransferLimits(long packBytes, long objectBytes, Duration connect, Duration silence, Duration whole) {
        public static final TransferLimits DEFAULT = new TransferLimits(
                2L << 30, 100L << 20, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(10));
    }
}
