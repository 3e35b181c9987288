package dev.holdfast.sandbox.write;

import dev.holdfast.fields.Comparison;
import dev.holdfast.fields.Conflict;
import dev.holdfast.fields.FieldPath;
import dev.holdfast.fields.Schema;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The way from client-side to server-side apply: an object that `kubectl apply` keeps has its last configuration in
/// an annotation. When kubectl (by its own name only) applies on the server, what that annotation says and still is
/// so is no conflict, and the annotation follows, so that the way back is open too
/// (`lastappliedmanager.go` and `lastappliedupdater.go` of apimachinery).
final class LastApplied {

    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String MANAGER = "kubectl";

    /// The API server takes no more than 256 KiB of annotations; the annotation goes before it is too much.
    private static final int MOST = 262_144;

    private LastApplied() {}

    static boolean concerns(String manager) {
        return manager.equals(MANAGER);
    }

    private static Optional<String> text(Mapping object) {
        return object.text("metadata", "annotations", ANNOTATION).filter(text -> !text.isEmpty());
    }

    /// The conflicts that remain: those over fields that are not as kubectl last applied them.
    static List<Conflict> unsettled(List<Conflict> conflicts, Mapping live, Schema schema) {
        var last = text(live).flatMap(LastApplied::parsed);
        var version = live.text("apiVersion").orElse("");
        if (last.isEmpty() || !last.get().text("apiVersion").orElse("").equals(version)) return conflicts;
        var before = last.get();
        var differences = Comparison.between(before, live, schema);
        return conflicts.stream()
                .filter(conflict -> !settled(conflict.path(), before, live, differences, schema))
                .toList();
    }

    /// Whether the last configuration names the field, with the value that it has.
    private static boolean settled(
            FieldPath path, Mapping before, Mapping live, Comparison differences, Schema schema) {
        // what an empty object lacks is what the configuration names
        boolean named =
                Comparison.between(Mapping.EMPTY, before, schema).added().contains(path);
        return named
                && !differences.modified().contains(path)
                && !differences.added().contains(path)
                && !differences.removed().contains(path);
    }

    private static Optional<Mapping> parsed(String text) {
        try {
            return Optional.of(JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8)));
        } catch (FaultException unreadable) {
            return Optional.empty();
        }
    }

    /// The object with the configuration in its annotation, where it has one.
    static Mapping following(Mapping object, Mapping config) {
        if (text(object).isEmpty()) return object;
        var plain = config.mapping("metadata").has("annotations")
                ? config.without(List.of("metadata", "annotations", ANNOTATION))
                : config;
        var annotations =
                object.mapping("metadata", "annotations").with(ANNOTATION, Value.of(JsonWriter.text(plain) + "\n"));
        long size = 0;
        for (var entry : annotations)
            size += bytes(entry.key()) + bytes(entry.value().toString());
        if (size > MOST) annotations = annotations.without(ANNOTATION);
        return object.with(List.of("metadata", "annotations"), annotations);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
