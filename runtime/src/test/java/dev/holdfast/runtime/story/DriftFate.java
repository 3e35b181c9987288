package dev.holdfast.runtime.story;

import dev.holdfast.fields.ManagedFields;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;

/// What became of a change, told from nothing but the API: the object, the App's status, and events.
enum DriftFate {
    NONE("–"),
    PUT_BACK("put back"),
    PUT_BACK_UNNAMED("put back¹"),
    TAKEN_AGAIN("taken again²"),
    LEFT("left alone"),
    CONFLICT("conflict"),
    REPORTED("reported"),
    OTHER("?");

    final String word;

    DriftFate(String word) {
        this.word = word;
    }

    /// An object at three moments: before it was changed, as it was changed, and two seconds later.
    record Course(Mapping before, Mapping touched, Mapping soon) {}

    /// What was told: the App's status as a whole, and new events, within two seconds and all of them.
    record Told(Mapping app, List<String> soon, List<String> events) {
        boolean healed(String by) {
            return soon.stream()
                    .anyMatch(event -> event.startsWith("DriftHealed: ") && event.contains(": " + by + " changed "));
        }

        boolean reported(String by) {
            return soon.stream().anyMatch(event -> event.startsWith("Drifted: ") && event.contains(by + " changed "));
        }

        boolean silent() {
            return events.isEmpty();
        }

        String why() {
            return app.text("status", "why").orElse("");
        }
    }

    static DriftFate of(Course course, Mapping later, Told told, String manager) {
        boolean asBefore = values(course.soon()).equals(values(course.before()))
                && values(later).equals(values(course.before()));
        boolean untouched =
                values(later).equals(values(course.touched())) && claims(later).equals(claims(course.touched()));
        if (untouched) {
            if (told.silent() && manager.isEmpty()) return LEFT;
            if (told.why().contains("another owner") && told.why().contains(manager)) return CONFLICT;
            return told.reported(manager) ? REPORTED : OTHER;
        }
        if (!asBefore) return OTHER;
        if (told.silent()) return sole(later) ? TAKEN_AGAIN : OTHER;
        if (!manager.isEmpty() && told.healed(manager)) return PUT_BACK;
        return told.healed("an unknown manager") ? PUT_BACK_UNNAMED : OTHER;
    }

    /// What the object says, without what servers and controllers note on it.
    static Mapping values(Mapping object) {
        var rest = object.without("status");
        for (var key : List.of("managedFields", "resourceVersion", "generation")) {
            rest = rest.without(List.of("metadata", key));
        }
        rest = rest.without(List.of("metadata", "annotations", "deployment.kubernetes.io/revision"));
        return rest.sorted();
    }

    /// Who owns what, apart from the status.
    private static List<Value> claims(Mapping object) {
        var claims = new ArrayList<Value>();
        for (var entry : object.sequence("metadata", "managedFields").mappings()) {
            if (entry.text("subresource").orElse("").equals("status")) continue;
            if (entry.text("manager").orElse("").equals("kube-controller-manager")) continue;
            claims.add(entry.sorted());
        }
        return claims;
    }

    /// Nobody is left who claims by hand what we apply.
    private static boolean sole(Mapping object) {
        var entries = ManagedFields.ofOrNone(object).entries();
        var ours = entries.stream()
                .filter(entry -> entry.manager().startsWith("holdfast-") && entry.isApply())
                .findFirst();
        return ours.isPresent()
                && entries.stream()
                        .filter(entry -> !entry.isApply() && entry.subresource().isEmpty())
                        .allMatch(entry ->
                                entry.fields().intersection(ours.get().fields()).isEmpty());
    }
}
