package dev.holdfast.runtime.render;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Placement;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.model.Revision;
import dev.holdfast.port.GitHost.Remote;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.git.SourceWatch;
import dev.holdfast.runtime.git.Tracked;
import dev.holdfast.runtime.git.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What Git says should be, for every placement: follows its sources, renders a commit when one of the reads of the
/// last render is different in it, and keeps the last render that came to its end while a newer one does not.
public final class Renders {

    /// What is known of a placement's manifests.
    public sealed interface Standing {
        /// A source was not asked yet in this process.
        record Asking(String waitingFor) implements Standing {}

        /// `newer` says why a newer commit, or the question for one, came to nothing.
        record Ready(List<Manifest> manifests, List<Revision> revisions, Optional<Fault> newer) implements Standing {}

        record Failed(Fault fault) implements Standing {}
    }

    /// What was made of the heads, under the sources, that were looked at last.
    private record State(
            List<Placement.Source> sources,
            List<Tracked.At> heads,
            @Nullable Rendered good,
            Optional<Fault> newer) {}

    private final SourceWatch<PlacementKey> watch;
    private final Renderer renderer;
    private final BiFunction<String, String, Remote> remotes;
    private final Tasks tasks;
    private final HeavyRenders heavy;
    private final Tasks.Monitor monitor;
    // guarded by the monitor; a placement's own state is changed by the task that works on it
    private final Map<PlacementKey, State> states = new HashMap<>();
    private final Map<PlacementKey, Placement> placements = new HashMap<>();

    /// @param remotes the remote of a URL for an App's namespace, with the credential that it has; may throw
    /// {@link FaultException}
    /// @param crowded whether others have something to do as well
    public Renders(
            Tasks tasks,
            SourceWatch<PlacementKey> watch,
            Renderer renderer,
            BiFunction<String, String, Remote> remotes,
            BooleanSupplier crowded) {
        this.tasks = tasks;
        this.monitor = tasks.monitor();
        this.heavy = new HeavyRenders(tasks, crowded);
        this.watch = watch;
        this.renderer = renderer;
        this.remotes = remotes;
    }

    /// @param applied the revisions that were applied to the end, to fall back on where the newest can't be
    /// rendered and this process has rendered none yet
    public Standing look(Placement placement, List<Revision> applied) {
        try {
            return look(placement, wanted(placement), applied);
        } catch (FaultException refused) {
            return standing(placement.key(), refused.fault());
        }
    }

    /// Whether what moved makes a difference: a commit that changes nothing that was read costs nothing more.
    public boolean affected(PlacementKey key) {
        var placement = monitor.hold(() -> Optional.ofNullable(placements.get(key)));
        var state = monitor.hold(() -> Optional.ofNullable(states.get(key)));
        if (placement.isEmpty() || state.isEmpty() || state.get().good() == null) return true;
        try {
            var heads = heads(wanted(placement.get()));
            if (heads.isEmpty() || state.get().newer().isPresent()) return true;
            if (!same(state.get().good(), placement.get().sources(), heads.get())) return true;
            note(placement.get(), heads.get(), state.get().good(), Optional.empty());
            return false;
        } catch (FaultException undecided) {
            return true;
        }
    }

    /// Asks the sources at once.
    public void refresh(Placement placement) {
        try {
            var wanted = wanted(placement);
            watch.follow(placement.key(), wanted, placement.policy().interval());
            watch.refresh(placement.key());
        } catch (FaultException refused) {
            // look() tells it
        }
    }

    public boolean asking(PlacementKey key) {
        return watch.asking(key);
    }

    /// Whether its render is due and was left for later, because others have something to do.
    public boolean gaveWay(PlacementKey key) {
        return heavy.waits(key);
    }

    /// The placement needs no source now: it is suspended, or goes.
    public void rest(PlacementKey key) {
        heavy.nothingDue(key);
        watch.unfollow(key);
    }

    public void forget(PlacementKey key) {
        watch.unfollow(key);
        heavy.forget(key);
        monitor.run(() -> {
            states.remove(key);
            placements.remove(key);
        });
    }

    private Standing look(Placement placement, List<Wanted> wanted, List<Revision> applied) {
        var key = placement.key();
        monitor.run(() -> placements.put(key, placement));
        watch.follow(key, wanted, placement.policy().interval());
        var heads = new ArrayList<Tracked.At>();
        Optional<Fault> trouble = Optional.empty();
        for (var want : wanted) {
            var tracked = watch.look(want);
            if (tracked instanceof Tracked.Unasked) return asking(key, want);
            if (trouble.isEmpty()) trouble = tracked.trouble();
            tracked.last().ifPresent(heads::add);
        }
        if (heads.size() < wanted.size()) {
            var fault = trouble.orElseThrow();
            fallBack(placement, wanted, applied, fault);
            return standing(key, fault);
        }
        if (renderWhereNeeded(placement, heads) == Turn.LEFT_TO_OTHERS) {
            return new Standing.Asking("its turn: rendering it takes long, and others are waiting");
        }
        var state = monitor.hold(() -> Optional.ofNullable(states.get(key)));
        if (state.isPresent()
                && state.get().good() == null
                && state.get().newer().isPresent()) {
            fallBack(placement, wanted, applied, state.get().newer().get());
        }
        return trouble.map(fault -> standing(key, fault)).orElseGet(() -> standing(key));
    }

    private enum Turn {
        TAKEN,
        LEFT_TO_OTHERS
    }

    private Turn renderWhereNeeded(Placement placement, List<Tracked.At> heads) {
        var key = placement.key();
        var known = monitor.hold(() -> Optional.ofNullable(states.get(key)));
        var good = known.map(State::good).orElse(null);
        if (good != null && same(good, placement.sources(), heads)) {
            note(placement, heads, good, Optional.empty());
            heavy.nothingDue(key);
            return Turn.TAKEN;
        }
        boolean tried = known.isPresent()
                && known.get().heads().equals(heads)
                && known.get().newer().filter(Fault.Terminal.class::isInstance).isPresent()
                && known.get().sources().equals(placement.sources());
        if (tried) {
            heavy.nothingDue(key);
            return Turn.TAKEN;
        }
        if (heavy.givesWay(key)) return Turn.LEFT_TO_OTHERS;
        var begun = tasks.now();
        try {
            note(placement, heads, render(placement.sources(), heads), Optional.empty());
        } catch (FaultException failed) {
            note(placement, heads, good, Optional.of(failed.fault()));
        } finally {
            heavy.took(key, Duration.between(begun, tasks.now()));
        }
        return Turn.TAKEN;
    }

    /// After a restart the newest revision may be one that does not render: then the one that runs is rendered, so
    /// that what is good is kept good.
    private void fallBack(Placement placement, List<Wanted> wanted, List<Revision> applied, Fault fault) {
        var key = placement.key();
        var state = monitor.hold(() -> Optional.ofNullable(states.get(key)));
        boolean possible = state.map(State::good).isEmpty() && applied.size() == wanted.size() && !applied.isEmpty();
        if (!possible) return;
        var earlier = new ArrayList<Tracked.At>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!applied.get(i).source().equals(placement.sources().get(i).name())) return;
            var at = watch.at(wanted.get(i), applied.get(i).commit());
            if (!(at instanceof Tracked.At found)) return;
            earlier.add(new Tracked.At(found.store(), applied.get(i).ref(), found.commit()));
        }
        try {
            var heads = state.map(State::heads).orElse(List.of());
            note(placement, heads, render(placement.sources(), earlier), Optional.of(fault));
        } catch (FaultException neither) {
            // the newer fault is what people should see
        }
    }

    private Rendered render(List<Placement.Source> sources, List<Tracked.At> heads) {
        var pieces = new ArrayList<Rendered.Piece>();
        var manifests = new ArrayList<Manifest>();
        for (int i = 0; i < sources.size(); i++) {
            var head = heads.get(i);
            var result = renderer.render(head.store().snapshot(head.commit()), sources.get(i));
            pieces.add(new Rendered.Piece(sources.get(i), head, result.reads()));
            manifests.addAll(result.manifests());
        }
        return new Rendered(pieces, manifests);
    }

    private static boolean same(@Nullable Rendered good, List<Placement.Source> sources, List<Tracked.At> heads) {
        if (good == null || !good.sources().equals(sources)) return false;
        for (int i = 0; i < heads.size(); i++) {
            var piece = good.pieces().get(i);
            var head = heads.get(i);
            if (!piece.at().store().equals(head.store())) return false;
            boolean same = piece.at().commit().equals(head.commit())
                    || piece.sameIn(head.store().snapshot(head.commit()));
            if (!same) return false;
        }
        return true;
    }

    private Optional<List<Tracked.At>> heads(List<Wanted> wanted) {
        var heads = new ArrayList<Tracked.At>();
        for (var want : wanted) {
            if (!(watch.look(want) instanceof Tracked.At at)) return Optional.empty();
            heads.add(at);
        }
        return Optional.of(heads);
    }

    private List<Wanted> wanted(Placement placement) {
        var wanted = new ArrayList<Wanted>();
        for (var source : placement.sources()) {
            var remote = remotes.apply(source.url(), placement.key().app().namespace());
            wanted.add(new Wanted(remote, source.ref().orElse("")));
        }
        return wanted;
    }

    private Standing asking(PlacementKey key, Wanted want) {
        var standing = standing(key);
        return standing instanceof Standing.Ready
                ? standing
                : new Standing.Asking("the first answer of " + want.remote().url());
    }

    private Standing standing(PlacementKey key) {
        var state = monitor.hold(() -> Optional.ofNullable(states.get(key)));
        var good = state.map(State::good);
        var newer = state.flatMap(State::newer);
        if (good.isPresent()) {
            return new Standing.Ready(good.get().manifests(), good.get().revisions(), newer);
        }
        return newer.<Standing>map(Standing.Failed::new).orElseGet(() -> new Standing.Asking("its sources"));
    }

    private Standing standing(PlacementKey key, Fault trouble) {
        return switch (standing(key)) {
            case Standing.Ready(var manifests, var revisions, var newer) ->
                new Standing.Ready(manifests, revisions, Optional.of(newer.orElse(trouble)));
            case Standing.Asking _, Standing.Failed _ -> new Standing.Failed(trouble);
        };
    }

    private void note(Placement placement, List<Tracked.At> heads, @Nullable Rendered good, Optional<Fault> newer) {
        var state = new State(placement.sources(), List.copyOf(heads), good, newer);
        monitor.run(() -> states.put(placement.key(), state));
    }
}
