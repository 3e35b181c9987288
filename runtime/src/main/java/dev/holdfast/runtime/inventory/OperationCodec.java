package dev.holdfast.runtime.inventory;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Revision;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.UsualTime;
import dev.holdfast.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Operations and revisions to JSON and back. Stored in clusters: fields are only ever added.
final class OperationCodec {

    private OperationCodec() {}

    static Mapping encode(Operation operation) {
        return Mapping.builder()
                .put("id", operation.id())
                .put("cause", word(operation.cause()))
                .put("revisions", encode(operation.revisions()))
                .put("desired", operation.desired())
                .putIfPresent("request", operation.request())
                .putIfPresent("confirmed", operation.confirmed())
                .put("phase", word(operation.phase()))
                .put("attempt", operation.attempt())
                .put("startedAt", operation.startedAt().toString())
                .putIfPresent("notBefore", operation.notBefore().map(Instant::toString))
                .put("deadline", operation.deadline().toString())
                .putIfPresent("endedAt", operation.endedAt().map(Instant::toString))
                .put("message", operation.message())
                .build();
    }

    /// @throws RuntimeException when something is missing or no such word; the caller says which inventory it is
    static Operation decode(Mapping json) {
        return new Operation(
                text(json, "id"),
                Operation.Cause.valueOf(text(json, "cause").toUpperCase(Locale.ROOT)),
                decodeRevisions(json.sequence("revisions")),
                text(json, "desired"),
                json.text("request"),
                json.text("confirmed"),
                Operation.Phase.valueOf(text(json, "phase").toUpperCase(Locale.ROOT)),
                Math.toIntExact(json.whole("attempt").orElse(1L)),
                instant(text(json, "startedAt")),
                json.text("notBefore").map(OperationCodec::instant),
                instant(text(json, "deadline")),
                json.text("endedAt").map(OperationCodec::instant),
                json.text("message").orElse(""));
    }

    private static Instant instant(String text) {
        return UsualTime.read(text).orElseThrow(() -> new IllegalArgumentException("`" + text + "` is no time"));
    }

    static Sequence encode(List<Revision> revisions) {
        var items = new ArrayList<Value>();
        for (var revision : revisions) {
            items.add(Value.texts(List.of(revision.source(), revision.ref(), revision.commit())));
        }
        return Value.of(items);
    }

    static List<Revision> decodeRevisions(Sequence json) {
        var revisions = new ArrayList<Revision>();
        for (var item : json.items()) {
            var parts = item.asSequence().orElseThrow().items();
            revisions.add(new Revision(plain(parts.get(0)), plain(parts.get(1)), plain(parts.get(2))));
        }
        return revisions;
    }

    static String text(Mapping json, String field) {
        return json.text(field).orElseThrow(() -> new NoSuchElementException("no " + field));
    }

    static String plain(Value value) {
        return value.asText().orElseThrow(() -> new NoSuchElementException("no text where one is due"));
    }

    static Optional<String> filled(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
