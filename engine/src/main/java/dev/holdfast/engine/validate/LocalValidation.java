package dev.holdfast.engine.validate;

import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.fields.SchemaCheck;
import dev.holdfast.fields.Schemas;
import dev.holdfast.model.DesiredObject;
import dev.holdfast.model.Fault;
import dev.holdfast.model.GroupKind;
import dev.holdfast.model.Plan.Held;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Checks a whole set against the cluster's own OpenAPI schemas before the first write, without a request: unknown
/// fields, values of the wrong type, required fields that are missing. Where a schema is not known there is no
/// opinion; what else may be wrong the server says. Nor is there one on instances of a definition of the same set:
/// the cluster's schema is that of the definition before.
public final class LocalValidation {

    /// More problems of one object than these help nobody.
    private static final int SHOWN = 3;

    private LocalValidation() {}

    /// The objects that the server would refuse, each with a fault that names file, line and the nearest known
    /// field.
    public static List<Held> check(DesiredSet set, Schemas schemas) {
        var held = new ArrayList<Held>();
        var redefined = redefined(set);
        for (var object : set.objects()) {
            if (redefined.contains(object.gvk().groupKind())) continue;
            var schema = schemas.find(object.gvk());
            if (schema.isEmpty()) continue;
            var problems = SchemaCheck.problems(schema.get(), object.body());
            if (!problems.isEmpty()) held.add(new Held(object.ref(), fault(object, problems)));
        }
        return List.copyOf(held);
    }

    private static SortedSet<GroupKind> redefined(DesiredSet set) {
        var kinds = new TreeSet<GroupKind>();
        for (var object : set.objects()) {
            if (!object.ref().groupKind().equals(GroupKind.DEFINITION)) continue;
            var spec = object.body().mapping("spec");
            kinds.add(new GroupKind(
                    spec.text("group").orElse(""), spec.text("names", "kind").orElse("")));
        }
        return kinds;
    }

    private static Fault fault(DesiredObject object, List<SchemaCheck.Problem> problems) {
        var first = problems.getFirst();
        var place = first.origin().known() ? first.origin() : object.origin();
        var texts = problems.stream()
                .limit(SHOWN)
                .map(SchemaCheck.Problem::toString)
                .toList();
        var more = problems.size() > SHOWN ? " (and %d more)".formatted(problems.size() - SHOWN) : "";
        return Fault.at(
                        place,
                        "Invalid",
                        object.ref().words() + ": " + String.join("; ", texts) + more,
                        "Correct it in Git")
                .about(object.ref());
    }
}
