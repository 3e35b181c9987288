package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Watch;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The lines of one watch: first the state, where it was asked for, then every change, bookmarks in between.
final class WatchLines implements Answer.Lines {

    private static final Duration BETWEEN_BOOKMARKS = Duration.ofSeconds(50);

    /// What a watch shows and for how long. `after`: changes up to this version are known to the client.
    record Plan(
            ResourceType type,
            Selection selection,
            Views.Wanted wanted,
            long after,
            Bookmarks bookmarks,
            Instant end,
            Supplier<Duration> delay) {}

    enum Bookmarks {
        NONE,
        IN_TIME,
        /// In time, and one that marks the end of the initial state.
        AND_AFTER_STATE
    }

    private final Realm realm;
    private final Views views;
    private final Plan plan;
    private final Watch watch;
    private final Iterator<Item> state;
    private final long stateVersion;
    private Views.Wanted wanted;
    private Bookmarks due;
    private Instant nextBookmark;
    private long seen;
    private @Nullable Change held;
    private boolean over;

    WatchLines(Realm realm, Views views, Plan plan, Watch watch, Iterator<Item> state) {
        this.realm = realm;
        this.views = views;
        this.plan = plan;
        this.watch = watch;
        this.state = state;
        this.stateVersion = plan.after();
        this.wanted = plan.wanted();
        this.due = plan.bookmarks();
        this.seen = plan.after();
        this.nextBookmark = realm.tasks().now().plus(BETWEEN_BOOKMARKS);
    }

    @Override
    public byte @Nullable [] next() {
        while (state.hasNext()) {
            var item = state.next();
            if (plan.selection().matches(item)) return line("ADDED", item);
        }
        if (due == Bookmarks.AND_AFTER_STATE) {
            due = Bookmarks.IN_TIME;
            return bookmark(stateVersion, Mapping.of("k8s.io/initial-events-end", Value.of("true")));
        }
        while (!over && !watch.ended()) {
            if (watch.late())
                return lastWords(Refusal.expired("too old resource version: " + seen + " ("
                        + realm.store().compacted() + ")"));
            long version = realm.store().version();
            var now = realm.tasks().now();
            var line = told(now);
            if (line != null) return line;
            var change = held;
            if (change == null) seen = Math.max(seen, version);
            if (!now.isBefore(plan.end())) break;
            if (due != Bookmarks.NONE && !now.isBefore(nextBookmark)) {
                nextBookmark = now.plus(BETWEEN_BOOKMARKS);
                return bookmark(seen, Mapping.EMPTY);
            }
            var wake = due != Bookmarks.NONE && nextBookmark.isBefore(plan.end()) ? nextBookmark : plan.end();
            if (change == null) {
                watch.await(wake);
            } else {
                var told = change.time().plus(plan.delay().get());
                watch.rest(told.isBefore(wake) ? told : wake);
            }
        }
        return null;
    }

    @Override
    public byte @Nullable [] ready() {
        boolean beginning = state.hasNext() || due == Bookmarks.AND_AFTER_STATE;
        return beginning || over || watch.ended() || watch.late()
                ? null
                : told(realm.tasks().now());
    }

    /// The next change that this watch shows; null where there is none yet, or it has to wait until it is told.
    private byte @Nullable [] told(Instant now) {
        while (true) {
            var change = held;
            if (change == null) change = watch.poll().map(Watch.Seen::change).orElse(null);
            held = change;
            if (change == null || now.isBefore(change.time().plus(plan.delay().get()))) return null;
            held = null;
            var line = shown(change);
            if (line != null) return line;
        }
    }

    /// Ends the stream with an error that the client can act on.
    private byte[] lastWords(Refusal refusal) {
        over = true;
        return wrapped("ERROR", JsonWriter.write(refusal.status()));
    }

    private byte @Nullable [] shown(Change change) {
        seen = Math.max(seen, change.version());
        if (change.version() <= plan.after()) return null;
        var previous = change.previous();
        boolean before = previous != null && plan.selection().matches(previous);
        boolean now = change.type() != Change.Type.DELETED && plan.selection().matches(change.item());
        if (now) return line(before ? "MODIFIED" : "ADDED", change.item());
        if (!before) return null;
        // an object that stopped matching is gone for this client, in its newest state
        return line("DELETED", change.item());
    }

    private byte[] line(String type, Item item) {
        var object = views.one(plan.type(), item, wanted);
        wanted = wanted.without();
        return wrapped(type, object);
    }

    private byte[] bookmark(long version, Mapping annotations) {
        var metadata = Mapping.builder().put("resourceVersion", Long.toString(version));
        if (!annotations.isEmpty()) metadata.put("annotations", annotations);
        else metadata.put("creationTimestamp", Value.none());
        var table = plan.wanted().as() == Form.As.TABLE;
        var object = Mapping.builder()
                .put("kind", table ? "Table" : kind())
                .put("apiVersion", table ? "meta.k8s.io/v1" : apiVersion())
                .put("metadata", metadata.build());
        if (table) object.put("columnDefinitions", Value.none()).put("rows", Value.of(java.util.List.of()));
        return wrapped("BOOKMARK", JsonWriter.write(object.build()));
    }

    private String kind() {
        return plan.wanted().as() == Form.As.METADATA
                ? "PartialObjectMetadata"
                : plan.type().kind();
    }

    private String apiVersion() {
        return plan.wanted().as() == Form.As.METADATA
                ? "meta.k8s.io/v1"
                : plan.type().apiVersion();
    }

    private static byte[] wrapped(String type, byte[] object) {
        var start = ("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8);
        var line = new byte[start.length + object.length + 1];
        System.arraycopy(start, 0, line, 0, start.length);
        System.arraycopy(object, 0, line, start.length, object.length);
        line[line.length - 1] = '}';
        return line;
    }

    @Override
    public void close() {
        watch.close();
    }
}
