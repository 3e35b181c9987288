package dev.holdfast.sandbox.store;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.Tasks;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All objects. One version counts every write; a write names the version of the object that it was computed from
/// and fails when another came between, so nothing but the commit itself needs the lock.
public final class Store {

    /// How much is kept: changes in the history, items that hold a tree beside their text.
    public record Limits(int history, int warm) {
        public static final Limits USUAL = new Limits(10_000, 8_192);
    }

    /// The newest state of every shelf at one moment.
    public record Moment(long version, SortedTree<Shelf.Entry> entries) {
        public SortedTree<Item> items(Shelf shelf) {
            var entry = entries.get(shelf.name());
            return entry == null ? SortedTree.empty() : entry.after;
        }
    }

    /// A write: the item that it replaces (null for a creation), and what must still hold when it is committed.
    public record Write(Shelf shelf, String key, @Nullable Item expected, BooleanSupplier allowed) {
        public static Write of(Shelf shelf, String key, @Nullable Item expected) {
            return new Write(shelf, key, expected, () -> true);
        }
    }

    private final Tasks.Monitor monitor;
    private final Tasks.Permits journalling;
    private final Journal journal;
    private final Limits limits;
    private final Warmth warmth;
    private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
    private final Watches watches;
    private final Supplier<Tasks.Monitor> feedMonitors;
    private final Supplier<Instant> clock;
    private final ArrayDeque<Shelf> history = new ArrayDeque<>();
    private List<Journal.Record> unwritten = new ArrayList<>();
    private volatile List<Feed> feeds = List.of();
    private volatile Feed.Node latest = new Feed.Node(null);
    private volatile Moment moment = new Moment(0, SortedTree.empty());
    private volatile long compacted;

    public Store(Tasks tasks, Codec codec, Journal journal, Limits limits) {
        this.monitor = tasks.monitor();
        this.journalling = tasks.permits(1);
        this.journal = journal;
        this.limits = limits;
        this.warmth = new Warmth(codec, limits.warm());
        this.watches = new Watches(tasks);
        this.feedMonitors = tasks::monitor;
        this.clock = tasks::now;
    }

    public Shelf shelf(String name) {
        return shelves.computeIfAbsent(name, Shelf::new);
    }

    /// Every shelf that was ever used, by name.
    public Collection<Shelf> shelves() {
        return new TreeMap<>(shelves).values();
    }

    public Moment moment() {
        return moment;
    }

    public long version() {
        return moment.version();
    }

    /// The oldest version from which a watch can start.
    public long compacted() {
        return compacted;
    }

    /// The contents of a shelf at an earlier version; empty where that is forgotten.
    public Optional<SortedTree<Item>> itemsAt(Shelf shelf, long version) {
        return version < compacted ? Optional.empty() : shelf.itemsAt(version);
    }

    /// A shelf as it was, and the version at which it was so.
    public record Past(long version, SortedTree<Item> items) {}

    /// The contents of a shelf at an earlier time, as far back as is remembered.
    public Past itemsAt(Shelf shelf, Instant time) {
        long version = Math.max(shelf.versionAt(time), compacted);
        return new Past(version, shelf.itemsAt(version).orElseGet(shelf::items));
    }

    /// What an object controls on a shelf, in key order. The first question about a shelf makes an index of it.
    public List<Item> controlled(Shelf shelf, String uid) {
        return index(shelf).by(uid);
    }

    /// What nobody controls in a namespace, in key order.
    public List<Item> uncontrolled(Shelf shelf, String namespace) {
        return index(shelf).free(namespace);
    }

    private Controlled index(Shelf shelf) {
        var known = shelf.controlled();
        return known != null ? known : monitor.hold(shelf::indexed);
    }

    /// Creates or replaces; empty when the object is not what was expected any more.
    public Optional<Item> put(Write write, Mapping object) {
        var done = monitor.hold(() -> {
            if (stale(write)) return null;
            long version = moment.version() + 1;
            var numbered = object.with(
                    "metadata", object.mapping("metadata").with("resourceVersion", Value.of(Long.toString(version))));
            var item = Item.ofTree(write.key(), version, numbered, warmth);
            var type = write.expected() == null ? Change.Type.ADDED : Change.Type.MODIFIED;
            return record(write.shelf(), new Change(type, item, write.expected(), clock.get()));
        });
        return published(write.shelf(), done);
    }

    /// An item that is shown but not stored.
    public Item preview(String key, Mapping object) {
        long version =
                object.text("metadata", "resourceVersion").map(Long::parseLong).orElse(0L);
        return Item.ofTree(key, version, object, warmth);
    }

    /// Deletes; the last state gets the deletion's version. Empty when the object is not what was expected any
    /// more.
    public Optional<Item> remove(Write write, Mapping last) {
        var done = monitor.hold(() -> {
            if (stale(write)) return null;
            long version = moment.version() + 1;
            var numbered = last.with(
                    "metadata", last.mapping("metadata").with("resourceVersion", Value.of(Long.toString(version))));
            var item = Item.ofTree(write.key(), version, numbered, warmth);
            return record(write.shelf(), new Change(Change.Type.DELETED, item, write.expected(), clock.get()));
        });
        return published(write.shelf(), done);
    }

    /// Forgets the history: older watches and continued lists are told so.
    public long compact() {
        return monitor.hold(() -> {
            compacted = moment.version();
            history.clear();
            for (var shelf : shelves.values()) shelf.compact(compacted);
            return compacted;
        });
    }

    /// Follows shelves from a version on; empty where that is forgotten.
    public Optional<Watch> watch(List<Shelf> followed, long version) {
        if (version < compacted) return Optional.empty();
        return watches.open(this, followed, version);
    }

    /// All changes from now on.
    public Feed feed() {
        var feed = new Feed(feedMonitors.get(), latest);
        monitor.run(() -> {
            var more = new ArrayList<>(feeds);
            more.add(feed);
            feeds = List.copyOf(more);
        });
        return feed;
    }

    /// Ends every watch.
    public void dropWatches() {
        watches.dropAll();
    }

    public int watching() {
        return watches.count();
    }

    /// Puts back what a journal remembers; before anything else is done.
    public void restore(String shelf, String key, byte[] json) {
        var version = new long[1];
        monitor.run(() -> {
            var tree = warmth.codec().read(json);
            version[0] = Long.parseLong(tree.text("metadata", "resourceVersion").orElse("0"));
            if (version[0] == 0) return;
            var target = shelf(shelf);
            target.restore(Item.ofJson(key, version[0], json, warmth));
            moment = new Moment(
                    Math.max(moment.version(), version[0]), moment.entries().with(shelf, target.newest()));
        });
    }

    /// Continues at least at a version, after everything was restored.
    public void resume(long version) {
        monitor.run(() -> {
            moment = new Moment(Math.max(moment.version(), version), moment.entries());
            compacted = moment.version();
        });
    }

    private boolean stale(Write write) {
        return write.shelf().get(write.key()) != write.expected()
                || !write.allowed().getAsBoolean();
    }

    private Change record(Shelf shelf, Change change) {
        var entry = shelf.append(change);
        history.add(shelf);
        if (history.size() > limits.history()) forgetOne();
        if (journal != Journal.NONE) unwritten.add(new Journal.Record(shelf.name(), change));
        var node = new Feed.Node(new Feed.Seen(shelf, change));
        latest.next = node;
        latest = node;
        moment = new Moment(change.version(), moment.entries().with(shelf.name(), entry));
        return change;
    }

    private void forgetOne() {
        var shelf = history.remove();
        var forgotten = shelf.forgetOne();
        compacted = Math.max(compacted, forgotten);
    }

    private Optional<Item> published(Shelf shelf, @Nullable Change change) {
        if (change == null) return Optional.empty();
        if (journal != Journal.NONE) writeJournal();
        watches.stir(shelf);
        for (var feed : feeds) feed.stir();
        return Optional.of(change.item());
    }

    /// Whoever comes first writes what others have committed meanwhile, too.
    private void writeJournal() {
        journalling.acquire();
        try {
            var batch = monitor.hold(() -> {
                var taken = unwritten;
                unwritten = new ArrayList<>();
                return taken;
            });
            if (!batch.isEmpty()) journal.write(batch);
        } finally {
            journalling.release();
        }
    }
}
