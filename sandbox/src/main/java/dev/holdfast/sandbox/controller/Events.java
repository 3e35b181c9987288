package dev.holdfast.sandbox.controller;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.store.Change;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.store.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes events, counts those that repeat in one object, and lets each go an hour after it was last written.
final class Events implements Controller {

    private static final String SHELF = "events";
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int REMEMBERED = 4_096;

    private final Acts acts;
    /// What was said of an object to the key of the event that says it; the oldest are forgotten.
    private final Map<Subject, String> said = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Subject(String component, String uid, Acts.Told told) {}

    Events(Acts acts) {
        this.acts = acts;
    }

    void tell(String component, Item about, Acts.Told told) {
        var subject = new Subject(component, about.uid(), told);
        var known = said.get(subject);
        var before = known == null ? null : acts.find(SHELF, known);
        var time = acts.realm().timestamp();
        if (before != null) {
            acts.changeAs(
                    component,
                    before,
                    event -> event.with("lastTimestamp", Value.of(time))
                            .with("count", Value.of(event.whole("count").orElse(1L) + 1)));
            return;
        }
        try {
            said.put(
                    subject,
                    acts.createAs(component, event(component, about, told)).key());
        } catch (Refusal refused) {
            // an event that cannot be written, in a namespace that is going, is lost
        }
    }

    private Mapping event(String component, Item about, Acts.Told told) {
        var time = acts.realm().timestamp();
        // events of the cluster's own objects are kept in the namespace default
        var namespace = about.namespace().isEmpty() ? "default" : about.namespace();
        var involved = Mapping.builder().put("kind", Meta.kind(about.tree()));
        if (!about.namespace().isEmpty()) involved.put("namespace", about.namespace());
        involved.put("name", about.name())
                .put("uid", about.uid())
                .put("apiVersion", Meta.apiVersion(about.tree()))
                .put("resourceVersion", Long.toString(about.version()));
        var suffix = Long.toHexString(acts.realm().chance().next());
        return Mapping.builder()
                .put("kind", "Event")
                .put("apiVersion", "v1")
                .put(
                        "metadata",
                        Mapping.builder()
                                .put("name", about.name() + "." + suffix)
                                .put("namespace", namespace)
                                .build())
                .put("involvedObject", involved.build())
                .put("reason", told.reason())
                .put("message", told.message())
                .put("source", Mapping.of("component", Value.of(component)))
                .put("firstTimestamp", time)
                .put("lastTimestamp", time)
                .put("count", 1)
                .put("type", told.type())
                .put("eventTime", Value.none())
                .put("reportingComponent", component)
                .put("reportingInstance", "")
                .build();
    }

    @Override
    public void notice(Shelf shelf, Change change, Consumer<String> look) {
        if (shelf.name().equals(SHELF) && change.type() == Change.Type.ADDED)
            look.accept(change.item().key());
    }

    @Override
    public Optional<Instant> look(String key) {
        var event = acts.find(SHELF, key);
        if (event == null) return Optional.empty();
        // whoever writes an event may say when it happened; it is kept from its last write on
        var made = Times.of(event.tree(), "metadata", "creationTimestamp").orElse(acts.now());
        var last =
                Times.of(event.tree(), "lastTimestamp").filter(made::isBefore).orElse(made);
        var end = last.plus(KEPT);
        if (acts.now().isBefore(end)) return Optional.of(end);
        acts.deleteNow(event);
        return Optional.empty();
    }
}
