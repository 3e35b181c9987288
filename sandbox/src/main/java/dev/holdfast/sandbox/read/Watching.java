package dev.holdfast.sandbox.read;

import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Query;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Store;
import dev.holdfast.sandbox.trouble.Switches;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens watches: from a version on, or with the present state first.
public final class Watching {

    private static final int SHORTEST_DEFAULT = 1_800;

    private final Realm realm;
    private final Views views;
    private final Switches switches;

    public Watching(Realm realm, Views views, Switches switches) {
        this.realm = realm;
        this.views = views;
        this.switches = switches;
    }

    public Answer open(ResourceType type, Selection selection, Query query, Views.Wanted wanted) {
        boolean listing = query.flag("sendInitialEvents");
        check(query);
        var asked = query.get("resourceVersion");
        long version = Lists.version(asked);
        boolean stateFirst = listing || !query.has("sendInitialEvents") && version == 0;
        var store = realm.store();
        var now = present(type, query);
        long from = stateFirst || version > store.version() ? now.version() : version;
        var watch = store.watch(List.of(realm.shelf(type)), from);
        if (watch.isEmpty()) return expired(version);
        Iterator<Item> state = Collections.emptyIterator();
        if (stateFirst) {
            state = within(now.items().after(selection.prefix()).iterator(), selection.prefix());
        }
        var bookmarks = WatchLines.Bookmarks.NONE;
        if (query.flag("allowWatchBookmarks")) {
            bookmarks = listing ? WatchLines.Bookmarks.AND_AFTER_STATE : WatchLines.Bookmarks.IN_TIME;
        }
        long after = stateFirst ? now.version() : version;
        var plan = new WatchLines.Plan(type, selection, wanted, after, bookmarks, end(query), () -> delay(query));
        return new Answer.Streaming(200, HEADERS, new WatchLines(realm, views, plan, watch.get(), state));
    }

    private static final List<Header> HEADERS =
            List.of(new Header("Content-Type", "application/json"), new Header("Cache-Control", "no-cache, private"));

    private Instant end(Query query) {
        long seconds = query.number("timeoutSeconds").orElse(0);
        if (seconds <= 0) seconds = SHORTEST_DEFAULT + realm.chance().below(SHORTEST_DEFAULT);
        return realm.tasks().now().plusSeconds(seconds);
    }

    /// What is there, or what a server that lags behind takes for it.
    private Store.Past present(ResourceType type, Query query) {
        var store = realm.store();
        if (query.isBehind())
            return store.itemsAt(realm.shelf(type), realm.tasks().now().minus(switches.lag()));
        var moment = store.moment();
        return new Store.Past(moment.version(), moment.items(realm.shelf(type)));
    }

    private Duration delay(Query query) {
        return query.isBehind() ? switches.watchDelay().plus(switches.lag()) : switches.watchDelay();
    }

    private void check(Query query) {
        if (query.has("sendInitialEvents") && !switches.has(Switches.Feature.WATCH_LIST)) {
            throw Lists.options(new Cause(
                    "FieldValueForbidden",
                    "Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled",
                    "sendInitialEvents"));
        }
        var match = query.get("resourceVersionMatch");
        if (query.has("sendInitialEvents") && !match.equals("NotOlderThan")) {
            throw Lists.options(new Cause(
                    "FieldValueForbidden",
                    "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
                    "resourceVersionMatch"));
        }
        if (!query.has("sendInitialEvents") && !match.isEmpty()) {
            throw Lists.options(new Cause(
                    "FieldValueForbidden",
                    "Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
                    "resourceVersionMatch"));
        }
    }

    /// The history since a version is forgotten: one line says so.
    private Answer expired(long version) {
        var refusal = Refusal.expired(
                "too old resource version: " + version + " (" + realm.store().compacted() + ")");
        var status = new String(JsonWriter.write(refusal.status()), StandardCharsets.UTF_8);
        var line = "{\"type\":\"ERROR\",\"object\":" + status + "}";
        return new Answer.Streaming(200, HEADERS, new OneLine(line.getBytes(StandardCharsets.UTF_8)));
    }

    private static Iterator<Item> within(Iterator<Item> items, String prefix) {
        if (prefix.isEmpty()) return items;
        return new Iterator<>() {
            private Optional<Item> ahead = step();

            private Optional<Item> step() {
                if (!items.hasNext()) return Optional.empty();
                return Optional.of(items.next()).filter(item -> item.key().startsWith(prefix));
            }

            @Override
            public boolean hasNext() {
                return ahead.isPresent();
            }

            @Override
            public Item next() {
                var item = ahead.orElseThrow();
                ahead = step();
                return item;
            }
        };
    }

    private static final class OneLine implements Answer.Lines {
        private byte @Nullable [] line;

        OneLine(byte[] line) {
            this.line = line;
        }

        @Override
        public byte @Nullable [] next() {
            var told = line;
            line = null;
            return told;
        }

        @Override
        public void close() {
            line = null;
        }
    }
}
