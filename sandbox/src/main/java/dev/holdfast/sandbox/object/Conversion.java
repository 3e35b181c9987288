package dev.holdfast.sandbox.object;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.resource.ResourceType;
import java.util.List;

/// An object in another version of its kind. Versions differ in nothing but `apiVersion`, except for Events, whose
/// two groups name their fields differently.
public final class Conversion {

    private static final String NEW_EVENTS = "events.k8s.io/v1";
    /// Fields of core/v1 and of events.k8s.io/v1 that hold the same.
    private static final List<List<String>> EVENT_FIELDS = List.of(
            List.of("involvedObject", "regarding"),
            List.of("message", "note"),
            List.of("reportingComponent", "reportingController"),
            List.of("source", "deprecatedSource"),
            List.of("firstTimestamp", "deprecatedFirstTimestamp"),
            List.of("lastTimestamp", "deprecatedLastTimestamp"),
            List.of("count", "deprecatedCount"));

    private Conversion() {}

    public static Mapping to(ResourceType type, Mapping object) {
        var from = Meta.apiVersion(object);
        if (from.equals(type.apiVersion())) return object;
        var converted = type.shelf().equals("events") ? event(object, type.apiVersion()) : object;
        return converted.with("apiVersion", Value.of(type.apiVersion()));
    }

    private static Mapping event(Mapping event, String to) {
        int from = to.equals(NEW_EVENTS) ? 0 : 1;
        return renamed(event, from);
    }

    private static Mapping renamed(Mapping event, int from) {
        var converted = Mapping.builder();
        for (var field : event) {
            var name = field.key();
            for (var pair : EVENT_FIELDS) {
                if (pair.get(from).equals(name)) name = pair.get(1 - from);
            }
            converted.put(name, field.value());
        }
        return converted.build();
    }
}
