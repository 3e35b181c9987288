package dev.holdfast.engine.adopt;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Ownership;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Placement.Adoption;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step.Force;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Whether an object that exists already may become ours.
public sealed interface Adopting {

    /// It may; these managers give way, and their claims are folded into ours.
    record Take(Force force) implements Adopting {}

    /// It may not, or not yet.
    record Leave(Fault fault) implements Adopting {}

    static Adopting of(Foreign object, Placement placement) {
        var ref = object.ref();
        if (object.deletedAt().isPresent()) {
            return new Leave(Fault.waiting(
                            "Terminating",
                            ref.words() + " is being deleted; it is created when it is gone",
                            "end of " + ref.words())
                    .about(ref));
        }
        var other = otherApp(object, placement.ownership());
        if (!other.isEmpty()) {
            return leave(
                    ref,
                    "OwnedByAnother",
                    "%s exists and belongs to another app (%s)".formatted(ref.words(), other),
                    "Remove it from one of the two apps");
        }
        var tool = Tool.on(object);
        return switch (placement.policy().adoption()) {
            case Adoption.Never _ ->
                leave(
                        ref,
                        "ExistsAlready",
                        ref.words() + " exists and is not ours",
                        "Delete it, or set sync.adopt to unmanaged");
            case Adoption.Unmanaged _ -> tool.map(found -> owned(ref, found)).orElseGet(Adopting::take);
            case Adoption.From(var tools) ->
                tool.filter(found -> !tools.contains(found.tool().word()))
                        .map(found -> owned(ref, found))
                        .orElseGet(() -> new Take(new Force.Over(managers(tools))));
        };
    }

    /// Who gives way when an object that is ours already is applied: whoever edited by hand, and the managers of
    /// the tools that `sync.adopt` names.
    static Force force(Adoption adoption) {
        return adoption instanceof Adoption.From(var tools) ? new Force.Over(managers(tools)) : new Force.OverUpdates();
    }

    private static List<String> managers(List<String> tools) {
        var managers = new TreeSet<String>();
        for (var tool : Tool.values()) {
            if (tools.contains(tool.word())) managers.addAll(tool.managers());
        }
        return new ArrayList<>(managers);
    }

    private static Adopting take() {
        return new Take(new Force.OverUpdates());
    }

    private static Adopting owned(Ref ref, Tool.Found found) {
        return leave(
                ref,
                "OwnedByTool",
                "%s exists and is managed by %s".formatted(ref.words(), found.words()),
                "Take it out of there first, or name %s in sync.adopt"
                        .formatted(found.tool().word()));
    }

    /// A copy of an owner's marks on another object (operators make them) owns nothing.
    private static String otherApp(Foreign object, Ownership ours) {
        var owner = object.labels().get(Ownership.OWNER_LABEL);
        if (owner == null || owner.equals(ours.labelValue())) return "";
        var marker = object.annotations().get(Ownership.OBJECT_ANNOTATION);
        return object.ref().marker().equals(marker) ? Ownership.OWNER_LABEL + "=" + owner : "";
    }

    private static Adopting leave(Ref ref, String code, String message, String next) {
        return new Leave(Fault.terminal(code, message, next).about(ref));
    }
}
