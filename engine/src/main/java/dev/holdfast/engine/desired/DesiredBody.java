package dev.holdfast.engine.desired;

import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The body that is applied for a manifest: final namespace, the destination's labels and annotations, our marks,
/// `stringData` as `data`, without what the server owns. Explicit nulls stay as they are written: the server judges
/// what a null means for a field.
record DesiredBody(Placement placement) {

    private static final List<String> SERVER_OWNED = List.of(
            "managedFields",
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "selfLink");

    Mapping of(Manifest manifest, Ref ref) {
        var body = manifest.body().without("status");
        var metadata = body.mapping("metadata");
        for (var field : SERVER_OWNED) metadata = metadata.without(field);
        metadata = ref.namespace().isEmpty()
                ? metadata.without("namespace")
                : metadata.text("namespace").filter(ref.namespace()::equals).isPresent()
                        ? metadata
                        : metadata.with("namespace", Value.of(ref.namespace()));
        var ownership = placement.ownership();
        var destination = placement.destination();
        metadata = adding(metadata, "labels", destination.labels());
        metadata = adding(metadata, "labels", Map.of(ownership.labelKey(), ownership.labelValue()));
        metadata = adding(metadata, "annotations", destination.annotations());
        metadata = adding(metadata, "annotations", Map.of(ownership.markerAnnotation(), ref.marker()));
        body = body.with("metadata", metadata);
        return ref.group().isEmpty() && ref.kind().equals("Secret") ? encoded(body) : body;
    }

    private static Mapping adding(Mapping metadata, String field, Map<String, String> texts) {
        if (texts.isEmpty()) return metadata;
        var changed = metadata.mapping(field);
        for (var text : texts.entrySet()) changed = changed.with(text.getKey(), Value.of(text.getValue()));
        return metadata.with(field, changed);
    }

    /// What was applied by stringData would never be removed again, because the server does not tie it to `data`.
    /// Entries that are no text stay, for the server to refuse.
    private static Mapping encoded(Mapping body) {
        if (!(body.get("stringData") instanceof Mapping plain)) {
            return body.get("stringData") instanceof Value.Null ? body.without("stringData") : body;
        }
        var data = body.mapping("data");
        var rest = Mapping.builder();
        for (var field : plain) {
            if (field.value() instanceof Value.Text(var text, var origin)) {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                data = data.with(field.key(), new Value.Text(Base64.getEncoder().encodeToString(bytes), origin));
            } else rest.put(field.key(), field.value());
        }
        var left = rest.build();
        var without = left.isEmpty() ? body.without("stringData") : body.with("stringData", left);
        return data.isEmpty() ? without : without.with("data", data);
    }
}
