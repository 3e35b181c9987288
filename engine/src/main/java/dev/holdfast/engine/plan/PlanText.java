package dev.holdfast.engine.plan;

import dev.holdfast.model.Origin;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Plan.Held;
import dev.holdfast.model.Step;
import java.util.ArrayList;
import java.util.List;

/// A plan as people read it, one line per object: the command line, events and logs print the same.
///
/// ```
/// + create ConfigMap team-a/x (apps/x.yaml:3) ~ change Deployment.apps team-a/web (apps/web.yaml:1) ! heal
/// ConfigMap team-a/y: kubectl-edit changed .data.a
/// - delete Service team-a/old
/// ? held Widget.example.com team-a/w: waits for its definition ```
public final class PlanText {

    private PlanText() {}

    /// What is done, what is held, and last what waits for a person.
    public static List<String> lines(Plan plan) {
        var lines = new ArrayList<String>();
        for (var step : plan.steps()) lines.add(line(step));
        for (var held : plan.held()) lines.add(line(held));
        plan.confirmation().ifPresent(open -> {
            lines.add("! confirm: " + open.why());
            for (var ref : open.deletes()) lines.add("  - delete " + ref.words());
            for (var lost : open.alsoLost()) lines.add("  - and with it " + lost);
            lines.add("  holdfast confirm writes " + plan.digest().hex());
        });
        return lines;
    }

    public static String line(Step step) {
        return mark(step) + " " + verb(step) + " " + step.ref().words() + detail(step);
    }

    public static String line(Held held) {
        return "? held " + held.ref().words() + ": " + held.fault().sentence();
    }

    /// `3 to create, 1 to change, 1 to delete, 2 held`.
    public static String summary(Plan plan) {
        var parts = new ArrayList<String>();
        for (var verb : List.of("create", "adopt", "change", "heal", "inspect", "release", "delete", "forget")) {
            long count = plan.steps().stream()
                    .filter(step -> verb(step).equals(verb))
                    .count();
            if (count > 0) parts.add(count + " to " + verb);
        }
        if (!plan.held().isEmpty()) parts.add(plan.held().size() + " held");
        plan.confirmation().ifPresent(open -> parts.add(open.deletes().size() + " waiting for confirmation"));
        return parts.isEmpty() ? "nothing to do" : String.join(", ", parts);
    }

    static String verb(Step step) {
        return switch (step) {
            case Step.Apply apply ->
                switch (apply.reason()) {
                    case CREATE -> "create";
                    case CHANGE -> "change";
                    case ADOPT -> "adopt";
                    case HEAL -> "heal";
                };
            case Step.Ensure _ -> "create";
            case Step.Inspect _ -> "inspect";
            case Step.Prune _ -> "delete";
            case Step.Release _ -> "release";
            case Step.Forget _ -> "forget";
        };
    }

    private static String mark(Step step) {
        return switch (step) {
            case Step.Apply apply ->
                switch (apply.reason()) {
                    case CREATE -> "+";
                    case CHANGE, ADOPT -> "~";
                    case HEAL -> "!";
                };
            case Step.Ensure _ -> "+";
            case Step.Inspect _ -> "!";
            case Step.Prune _ -> "-";
            case Step.Release _, Step.Forget _ -> ".";
        };
    }

    private static String detail(Step step) {
        return switch (step) {
            case Step.Apply(var desired, var _, var reason, var _, var why) ->
                switch (reason) {
                    case CREATE, CHANGE -> place(desired.origin());
                    case ADOPT, HEAL -> ": " + why;
                };
            case Step.Inspect inspect -> ": " + inspect.why();
            case Step.Ensure ensure -> " (" + ensure.why() + ")";
            case Step.Prune prune -> " (" + prune.why() + ")";
            case Step.Release release -> " (" + release.why() + ")";
            case Step.Forget forget -> " (" + forget.why() + ")";
        };
    }

    private static String place(Origin origin) {
        return origin.known() ? " (" + origin.place() + ")" : "";
    }
}
