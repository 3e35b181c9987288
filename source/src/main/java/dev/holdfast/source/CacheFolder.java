package dev.holdfast.source;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The part of the cache that this process has for itself: the first numbered folder that no other living process
/// holds. The operating system releases it when a process dies, however it dies; so whatever lock file is found
/// inside was left by a dead one and may be removed. A command that runs beside the server gets a folder of its
/// own.
final class CacheFolder implements AutoCloseable {

    private static final int MOST = 64;

    private final Path path;
    private final FileChannel claim;

    private CacheFolder(Path path, FileChannel claim) {
        this.path = path;
        this.claim = claim;
    }

    static CacheFolder claim(Path cache) {
        try {
            Files.createDirectories(cache);
            for (int i = 0; i < MOST; i++) {
                var claimed = tried(cache.resolve(Integer.toString(i)));
                if (claimed != null) return claimed;
            }
        } catch (IOException failure) {
            throw new FaultException(
                    Fault.temporary(
                            "StoreUnusable",
                            "the cache folder " + cache + " can't be used: "
                                    + failure.getClass().getSimpleName(),
                            "Name a folder that this user may write to"),
                    failure);
        }
        throw new FaultException(Fault.temporary(
                "StoreUnusable",
                MOST + " processes use the cache folder " + cache + " already",
                "Name another folder, or end some of them"));
    }

    private static @org.jspecify.annotations.Nullable CacheFolder tried(Path slot) throws IOException {
        Files.createDirectories(slot);
        var channel = FileChannel.open(slot.resolve("claim"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) return new CacheFolder(slot, channel);
        } catch (OverlappingFileLockException sameProcess) {
            // held by another host of this process: as good as held by another process
        }
        channel.close();
        return null;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
