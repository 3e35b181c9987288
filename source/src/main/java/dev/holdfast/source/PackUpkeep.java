package dev.holdfast.source;

import java.io.IOException;
import java.util.function.Predicate;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every fetch adds a pack, and a read searches them all. So when a store has many, what is still wanted is packed
/// into one, on one thread, and the rest goes. Done in the turn of a fetch; its count bounds how often.
final class PackUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(PackUpkeep.class);
    private static final long UNREACHABLE_KEPT_MILLIS = 3_600_000;

    private PackUpkeep() {}

    static void when(StoreRepository store, int mostPacks, Predicate<String> wanted) {
        if (store.getObjectDatabase().getPacks().size() <= mostPacks) return;
        try {
            for (var ref : store.getRefDatabase().getRefsByPrefix(StoreRepository.OURS)) {
                if (wanted.test(ref.getName())) continue;
                var removal = store.updateRef(ref.getName());
                removal.setForceUpdate(true);
                removal.disableRefLog();
                removal.delete();
            }
            var collector = new GC(store);
            var single = new PackConfig(store);
            single.setThreads(1);
            collector.setPackConfig(single);
            collector.setExpireAgeMillis(UNREACHABLE_KEPT_MILLIS);
            collector.setPackExpireAgeMillis(0);
            collector.repack();
            collector.prunePacked();
        } catch (IOException failure) {
            // a store with many packs is slow, not wrong: the next fetch tries again
            LOG.atWarn()
                    .setMessage("packs could not be put together")
                    .addKeyValue("store", store.getDirectory().getName())
                    .addKeyValue("cause", failure.getClass().getSimpleName())
                    .log();
        }
    }
}
