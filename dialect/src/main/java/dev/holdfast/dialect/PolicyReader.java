package dev.holdfast.dialect;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Reads what `App.spec` says about how to sync, from a spec whose shape was checked.
final class PolicyReader {

    private PolicyReader() {}

    static Placement.Policy read(Mapping spec) {
        var sync = spec.mapping("sync");
        return new Placement.Policy(
                sync.text("mode").orElse("automatic").equals("manual")
                        ? Placement.Mode.MANUAL
                        : Placement.Mode.AUTOMATIC,
                sync.bool("prune").orElse(true),
                drift(sync.text("drift").orElse("heal")),
                adoption(sync),
                sync.text("onDelete").orElse("delete").equals("orphan")
                        ? Placement.OnDelete.ORPHAN
                        : Placement.OnDelete.DELETE,
                sync.text("validate").orElse("local").equals("server")
                        ? Placement.Validation.SERVER
                        : Placement.Validation.LOCAL,
                AppDialect.duration(sync, "timeout", Duration.ofMinutes(5)),
                retry(sync.mapping("retry")),
                guard(spec.mapping("guard")),
                ignore(spec),
                spec.text("runAs", "serviceAccount"),
                AppDialect.duration(spec, "interval", Duration.ofMinutes(5)),
                spec.whole("history").orElse(10L).intValue(),
                spec.bool("suspend").orElse(false));
    }

    /// What can be read of a spec that is broken somewhere; the rest is as if it were absent.
    static Placement.Policy legible(Mapping spec) {
        return read(spec.without("ignore"));
    }

    private static Placement.Drift drift(String word) {
        return switch (word) {
            case "report" -> Placement.Drift.REPORT;
            case "ignore" -> Placement.Drift.IGNORE;
            default -> Placement.Drift.HEAL;
        };
    }

    private static Placement.Adoption adoption(Mapping sync) {
        var given = sync.get("adopt");
        if (given instanceof Sequence tools) return new Placement.Adoption.From(texts(tools));
        if (given instanceof Value.Text(var word, var _) && word.equals("never")) return new Placement.Adoption.Never();
        return new Placement.Adoption.Unmanaged();
    }

    private static Placement.Retry retry(Mapping retry) {
        var otherwise = Placement.Retry.DEFAULT;
        var backoff = retry.mapping("backoff");
        var factor = backoff.get("factor");
        return new Placement.Retry(
                retry.whole("limit").orElse((long) otherwise.limit()).intValue(),
                AppDialect.duration(backoff, "initial", otherwise.initial()),
                factor instanceof Value.Whole(var whole, var _)
                        ? whole
                        : factor instanceof Value.Real(var real, var _, var _) ? real : otherwise.factor(),
                AppDialect.duration(backoff, "max", otherwise.max()));
    }

    private static Placement.Guard guard(Mapping guard) {
        var otherwise = Placement.Guard.DEFAULT;
        var most = guard.mapping("maxDeletes");
        return new Placement.Guard(
                most.whole("count").orElse((long) otherwise.count()).intValue(),
                most.whole("percent").orElse((long) otherwise.percent()).intValue(),
                guard.has("confirm") ? texts(guard.sequence("confirm")) : otherwise.confirm());
    }

    private static List<Placement.Ignore> ignore(Mapping spec) {
        var rules = new ArrayList<Placement.Ignore>();
        for (var rule : spec.sequence("ignore").mappings()) {
            rules.add(new Placement.Ignore(
                    rule.text("kind").orElseThrow(), rule.text("name"), texts(rule.sequence("paths"))));
        }
        return rules;
    }

    static List<String> texts(Sequence list) {
        return list.items().stream().flatMap(item -> item.asText().stream()).toList();
    }
}
