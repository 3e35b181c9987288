package dev.holdfast.cli;

import dev.holdfast.dialect.App;
import dev.holdfast.dialect.AppDialect;
import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.decide.Holdings;
import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.engine.guard.Siblings;
import dev.holdfast.model.AppName;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Revision;
import dev.holdfast.runtime.loop.Preview;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Looks at every placement of an App as the controllers do, and names what the caller's rights leave out.
final class Looking {

    private final Session session;
    private final Workplace workplace;
    private final Sources sources;

    Looking(Session session, Workplace workplace, Sources sources) {
        this.session = session;
        this.workplace = workplace;
        this.sources = sources;
    }

    /// How much a look knows. Where digests or the inventory may not be read, only a dry run of every object tells
    /// what differs.
    enum Knowledge {
        EXACT,
        BY_DRY_RUN
    }

    record Seen(Preview.Look look, List<Revision> revisions, Knowledge knowledge) {

        Placement placement() {
            return look.placement();
        }

        /// What is to be done; empty where the placement is only forgotten or taken up again.
        Optional<Plan> plan() {
            return switch (look.decision()) {
                case Decision.Act(var plan, var _) -> Optional.of(plan);
                case Decision.Rest(var _, var _, var plan) -> Optional.of(plan);
                case Decision.Hold(var _, var _, var plan) -> Optional.of(plan);
                case Decision.Await(var _, var _, var plan) -> Optional.of(plan);
                case Decision.Conclude(var _, var _, var plan) -> Optional.of(plan);
                case Decision.Forget _, Decision.Ask _, Decision.Recover _ -> Optional.empty();
            };
        }
    }

    List<Seen> at(Mapping resource, AppName name) {
        var app = AppDialect.read(resource, workplace.identity().installation(), Placement.Ending.NONE);
        workplace
                .identity()
                .keyless()
                .ifPresent(why -> session.note(why + ": what differs is found by dry runs, and no digest is known"));
        return switch (app) {
            case App.Unreadable(var _, var fault, var _, var _) -> throw new FaultException(fault);
            case App.Readable readable -> {
                var all = readable.placements();
                if (all.stream().anyMatch(placement -> placement.policy().suspended())) {
                    session.note("App " + name + " is suspended: this is what waits");
                }
                // all targets share the sources
                boolean going = all.getFirst().identity().deletedAt().isPresent();
                var rendered = going ? new Sources.Rendered(List.of(), List.of()) : sources.render(all.getFirst());
                yield all.stream()
                        .map(placement -> look(readable, placement, rendered))
                        .toList();
            }
        };
    }

    private Seen look(App.Readable app, Placement placement, Sources.Rendered rendered) {
        var asked = workplace.preview().ending(Preview.asked(placement));
        var desired = desired(asked, rendered);
        var known = holdings(app, asked);
        var preview = workplace.preview();
        if (known.isPresent()) {
            var exact = workplace.identity().keyless().isEmpty() ? Knowledge.EXACT : Knowledge.BY_DRY_RUN;
            var siblings = siblings(app, placement, rendered);
            var subject = new Preview.Subject(asked, desired, known.get(), rendered.revisions(), siblings);
            return told(preview.look(subject), rendered, exact);
        }
        var nothing = new Holdings.Loaded(Inventory.empty(asked.key()));
        var unknown = new Preview.Subject(asked, desired, nothing, rendered.revisions(), Siblings.NONE);
        var subject =
                new Preview.Subject(asked, desired, marked(preview.look(unknown)), rendered.revisions(), Siblings.NONE);
        return told(preview.look(subject), rendered, Knowledge.BY_DRY_RUN);
    }

    /// The other targets, which the App's guard counts, too.
    private Siblings siblings(App.Readable app, Placement placement, Sources.Rendered rendered) {
        var siblings = Siblings.NONE;
        for (var other : app.placements()) {
            if (other.key().equals(placement.key())) continue;
            if (holdings(app, other).orElse(null) instanceof Holdings.Loaded(var theirs)) {
                siblings = siblings.and(theirs, desired(other, rendered), rendered.revisions());
            }
        }
        return siblings;
    }

    /// Nothing is desired of an App that goes.
    private Optional<DesiredSet> desired(Placement placement, Sources.Rendered rendered) {
        return placement.identity().deletedAt().isPresent()
                ? Optional.empty()
                : Optional.of(settled(placement, rendered));
    }

    private DesiredSet settled(Placement placement, Sources.Rendered rendered) {
        return DesiredSet.settle(
                rendered.manifests(),
                workplace.preview().served(),
                placement,
                workplace.identity().key());
    }

    private Optional<Holdings> holdings(App app, Placement placement) {
        try {
            return Optional.of(Preview.holdings(workplace.inventories(), app, placement));
        } catch (FaultException refused) {
            if (!refused.fault().code().equals("Forbidden")) throw refused;
            session.note("you may not list configmaps in namespace "
                    + workplace.home().namespace()
                    + ", where the inventory is: what left Git is found only among the kinds that Git still has");
            return Optional.empty();
        }
    }

    /// In place of an inventory: what carries our own marks.
    private static Holdings marked(Preview.Look look) {
        var key = look.placement().key();
        var entries = new TreeMap<Ref, Entry>();
        for (var live : look.live().values()) {
            boolean ours =
                    look.placement().ownership().marks(live) && live.deletedAt().isEmpty();
            if (ours) entries.put(live.ref(), Entry.found(live));
        }
        return new Holdings.Loaded(new Inventory(key, 1, entries, List.of(), Optional.empty(), List.of()));
    }

    private Seen told(Preview.Look look, Sources.Rendered rendered, Knowledge knowledge) {
        look.unseen().forEach((ref, _) -> session.notShown(ref, "you may not get " + rightOf(ref)));
        look.failed().forEach((kind, fault) -> session.note(kind + " objects can't be listed: " + fault.sentence()));
        return new Seen(look, rendered.revisions(), knowledge);
    }

    /// `secrets in namespace shop`.
    String rightOf(Ref ref) {
        var plural = workplace
                .preview()
                .served()
                .preferred(ref.groupKind())
                .map(resource -> resource.plural())
                .orElse(ref.kind());
        var group = ref.group().isEmpty() ? "" : "." + ref.group();
        return plural + group + (ref.namespace().isEmpty() ? "" : " in namespace " + ref.namespace());
    }
}
