package dev.holdfast.sandbox.read;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.read.Columns.Column;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// The columns of Events, in either of their two groups.
final class EventColumns {

    private EventColumns() {}

    static List<Column> of(Instant now) {
        return List.of(
                Column.text("Last Seen", event -> Ages.since(lastSeen(event), now)),
                Column.path("Type", "type"),
                Column.path("Reason", "reason"),
                Column.text("Object", EventColumns::object),
                Column.text("Message", event -> either(event, "message", "note").strip()),
                Column.wide("Count", event -> Long.toString(event.whole("count").orElse(1L))),
                new Column(
                        "Name",
                        "string",
                        "name",
                        1,
                        event -> dev.holdfast.model.Value.of(
                                event.text("metadata", "name").orElse(""))));
    }

    private static String lastSeen(Mapping event) {
        return event.text("series", "lastObservedTime")
                .or(() -> event.text("lastTimestamp"))
                .or(() -> event.text("deprecatedLastTimestamp"))
                .or(() -> event.text("eventTime"))
                .or(() -> event.text("metadata", "creationTimestamp"))
                .orElse("");
    }

    private static String object(Mapping event) {
        var about = event.has("involvedObject") ? event.mapping("involvedObject") : event.mapping("regarding");
        return about.text("kind").orElse("").toLowerCase(Locale.ROOT) + "/"
                + about.text("name").orElse("");
    }

    private static String either(Mapping event, String one, String other) {
        return event.text(one).or(() -> event.text(other)).orElse("");
    }
}
