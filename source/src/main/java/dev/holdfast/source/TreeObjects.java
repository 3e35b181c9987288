package dev.holdfast.source;

import dev.holdfast.model.FaultException;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/// Trees and blobs of a store, within limits.
final class TreeObjects {

    private static final int BYTES_PER_ENTRY = 300;

    private final Supplier<? extends Repository> repository;
    private final TreeCache cache;
    private final Function<IOException, FaultException> damage;

    TreeObjects(
            Supplier<? extends Repository> repository, TreeCache cache, Function<IOException, FaultException> damage) {
        this.repository = repository;
        this.cache = cache;
        this.damage = damage;
    }

    /// @param path for messages
    TreeListing tree(ObjectId id, String path, int mostEntries) {
        var known = cache.find(id);
        if (known.isPresent()) return known.get();
        TreeListing listing;
        try (var reader = repository.get().newObjectReader()) {
            var loader = reader.open(id, Constants.OBJ_TREE);
            if (loader.getSize() > (long) mostEntries * BYTES_PER_ENTRY) throw tooWide(path, mostEntries);
            listing = TreeListing.of(loader.getBytes());
        } catch (IOException failure) {
            throw damage.apply(failure);
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw GitFaults.inTree(
                    path, "HostileTree", "the directory '" + path + "' is no valid Git tree", "Write it anew with git");
        }
        if (listing.items().size() > mostEntries) throw tooWide(path, mostEntries);
        cache.keep(id, listing);
        return listing;
    }

    private static FaultException tooWide(String path, int limit) {
        return GitFaults.inTree(
                path,
                "TreeTooLarge",
                "the directory '" + path + "' has more than " + limit + " entries",
                "Split it, or raise the limit");
    }

    long size(ObjectId id) {
        try (var reader = repository.get().newObjectReader()) {
            return reader.getObjectSize(id, Constants.OBJ_BLOB);
        } catch (IOException failure) {
            throw damage.apply(failure);
        }
    }

    /// @param path for messages
    byte[] blob(ObjectId id, String path, long mostBytes) {
        try (var reader = repository.get().newObjectReader()) {
            var loader = reader.open(id, Constants.OBJ_BLOB);
            long size = loader.getSize();
            if (size > mostBytes) {
                throw GitFaults.inTree(
                        path,
                        "FileTooLarge",
                        "the file has " + size + " bytes; the limit is " + GitFaults.bytes(mostBytes),
                        "Split it, leave it out, or raise the limit");
            }
            return loader.getBytes(Math.toIntExact(Math.min(mostBytes, Integer.MAX_VALUE - 8)));
        } catch (LargeObjectException tooLarge) {
            throw GitFaults.inTree(path, "FileTooLarge", "the file does not fit into memory", "Leave it out");
        } catch (IOException failure) {
            throw damage.apply(failure);
        }
    }
}
