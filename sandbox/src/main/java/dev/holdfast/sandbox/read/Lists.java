package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Query;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import dev.holdfast.sandbox.store.SortedTree;
import dev.holdfast.sandbox.trouble.Switches;
import dev.holdfast.yaml.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lists: which version of the contents is shown, and which page of it.
public final class Lists {

    private final Realm realm;
    private final Views views;
    private final Switches switches;

    public Lists(Realm realm, Views views, Switches switches) {
        this.realm = realm;
        this.views = views;
        this.switches = switches;
    }

    /// One page of matching items at one version.
    public record Page(long version, List<Item> items, Optional<ContinueToken> next, long remaining) {}

    private record Contents(long version, SortedTree<Item> items, String after) {}

    public byte[] json(ResourceType type, Selection selection, Query query, Views.Wanted wanted) {
        var page = page(type, selection, query);
        return switch (wanted.as()) {
            case OBJECT, DISCOVERY, WIRE -> objects(type, page, selection);
            case METADATA -> JsonWriter.write(metadata(type, page, selection));
            case TABLE -> {
                var table = views.table(type, page.items(), wanted, Long.toString(page.version()));
                yield JsonWriter.write(table.with("metadata", head(page, selection)));
            }
        };
    }

    /// One object: as it is now, or where any version will do and the server lags behind, as it was.
    public Optional<Item> item(ResourceType type, String key, Query query) {
        var shelf = realm.shelf(type);
        boolean old = query.isBehind() && query.get("resourceVersion").equals("0");
        var items = old
                ? realm.store()
                        .itemsAt(shelf, realm.tasks().now().minus(switches.lag()))
                        .items()
                : shelf.items();
        return Optional.ofNullable(items.get(key));
    }

    public Page page(ResourceType type, Selection selection, Query query) {
        long limit = query.number("limit").orElse(0);
        var contents = contents(realm.shelf(type), selection, query);
        var found = new ArrayList<Item>();
        var prefix = selection.prefix();
        var after = contents.after().isEmpty() ? prefix : contents.after();
        for (var item : contents.items().after(after)) {
            if (!item.key().startsWith(prefix)) break;
            if (!selection.matches(item)) continue;
            if (limit > 0 && found.size() == limit) {
                var last = found.getLast().key();
                var token = new ContinueToken(contents.version(), last);
                return new Page(contents.version(), found, Optional.of(token), remaining(contents, selection, last));
            }
            found.add(item);
        }
        return new Page(contents.version(), found, Optional.empty(), 0);
    }

    /// Known only where nothing is filtered out.
    private static long remaining(Contents contents, Selection selection, String last) {
        if (!selection.labels().everything() || !selection.fields().everything()) return 0;
        int rest = contents.items().countAfter(last);
        return selection.namespace().isEmpty()
                ? rest
                : rest - contents.items().countAfter(selection.prefix() + Character.MAX_VALUE);
    }

    private Contents contents(Shelf shelf, Selection selection, Query query) {
        var match = query.get("resourceVersionMatch");
        var asked = query.get("resourceVersion");
        check(match, asked, query);
        var token = query.get("continue");
        if (!token.isEmpty() && !asked.isEmpty() && !asked.equals("0")) {
            throw Refusal.badRequest("specifying resource version is not allowed when using continue");
        }
        if (!token.isEmpty()) return continued(shelf, selection, ContinueToken.parse(token));
        var moment = realm.store().moment();
        long version = version(asked);
        if (version > moment.version()) throw Refusal.tooLargeVersion(version, moment.version());
        if (query.isBehind() && (asked.equals("0") || match.equals("NotOlderThan"))) {
            return remembered(shelf, version, moment.version());
        }
        boolean exact = match.equals("Exact") || match.isEmpty() && query.has("limit") && version > 0;
        if (!exact || version == 0) return new Contents(moment.version(), moment.items(shelf), "");
        return realm.store()
                .itemsAt(shelf, version)
                .map(items -> new Contents(version, items, ""))
                .orElseThrow(() -> Refusal.expired("The resourceVersion for the provided list is too old."));
    }

    /// What a server that lags behind remembers; it does not know newer versions.
    private Contents remembered(Shelf shelf, long version, long newest) {
        var past = realm.store().itemsAt(shelf, realm.tasks().now().minus(switches.lag()));
        if (version > past.version()) throw Refusal.tooLargeVersion(version, newest);
        return new Contents(past.version(), past.items(), "");
    }

    private Contents continued(Shelf shelf, Selection selection, ContinueToken token) {
        var after = selection.prefix() + token.after();
        if (token.version() < 0) {
            var moment = realm.store().moment();
            return new Contents(moment.version(), moment.items(shelf), after);
        }
        var items = realm.store().itemsAt(shelf, token.version());
        if (items.isPresent()) return new Contents(token.version(), items.get(), after);
        throw Refusal.expiredContinue(
                "The version that this list began with is forgotten. Start a new list, or go on with the continue "
                        + "token of this answer, which shows the rest as it is now.",
                new ContinueToken(-1, token.after()).text());
    }

    private static void check(String match, String asked, Query query) {
        if (match.isEmpty()) return;
        var why = "";
        if (asked.isEmpty()) {
            why = "resourceVersionMatch is forbidden unless resourceVersion is provided";
        } else if (query.has("continue")) {
            why = "resourceVersionMatch is forbidden when continue is provided";
        } else if (match.equals("Exact") && asked.equals("0")) {
            why = "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"";
        } else if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
            throw options(new Cause(
                    "FieldValueNotSupported",
                    "Unsupported value: \"" + match + "\": supported values: \"\", \"Exact\", \"NotOlderThan\"",
                    "resourceVersionMatch"));
        }
        if (!why.isEmpty()) {
            throw options(new Cause("FieldValueForbidden", "Forbidden: " + why, "resourceVersionMatch"));
        }
    }

    static Refusal options(Cause cause) {
        return Refusal.invalid(new Subject("", "meta.k8s.io", "ListOptions"), List.of(cause));
    }

    static long version(String text) {
        if (text.isEmpty()) return 0;
        try {
            long version = Long.parseLong(text);
            if (version >= 0) return version;
        } catch (NumberFormatException broken) {
            // answered below
        }
        throw Refusal.badRequest("Invalid value: \"" + text + "\": resourceVersion must be an unsigned integer");
    }

    /// Items of built-in kinds carry no kind and version of their own in a list; custom resources do.
    private byte[] objects(ResourceType type, Page page, Selection selection) {
        var list = new ByteArrayOutputStream();
        var head = Mapping.builder()
                .put("kind", type.names().listKind())
                .put("apiVersion", type.apiVersion())
                .put("metadata", head(page, selection))
                .build();
        var opening = JsonWriter.write(head);
        list.write(opening, 0, opening.length - 1);
        list.writeBytes(",\"items\":[".getBytes(StandardCharsets.UTF_8));
        var start = Views.start(type);
        boolean first = true;
        for (var item : page.items()) {
            if (!first) list.write(',');
            first = false;
            if (type.custom()) {
                list.writeBytes(views.whole(type, item));
            } else if (Views.startsWith(item.json(), start)) {
                list.write('{');
                list.write(item.json(), start.length, item.json().length - start.length);
            } else {
                var tree = realm.types().seen(type, item.tree());
                list.writeBytes(JsonWriter.write(tree.without("kind").without("apiVersion")));
            }
        }
        list.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return list.toByteArray();
    }

    private Mapping metadata(ResourceType type, Page page, Selection selection) {
        var items = new ArrayList<Value>();
        for (var item : page.items()) items.add(Views.metadata(views.tree(type, item)));
        return Mapping.builder()
                .put("kind", "PartialObjectMetadataList")
                .put("apiVersion", "meta.k8s.io/v1")
                .put("metadata", head(page, selection))
                .put("items", Value.of(items))
                .build();
    }

    private static Mapping head(Page page, Selection selection) {
        var head = Mapping.builder().put("resourceVersion", Long.toString(page.version()));
        page.next().ifPresent(token -> {
            var relative = token.after().substring(selection.prefix().length());
            head.put("continue", new ContinueToken(token.version(), relative).text());
        });
        if (page.remaining() > 0) head.put("remainingItemCount", page.remaining());
        return head.build();
    }
}
