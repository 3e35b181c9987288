package dev.holdfast.engine.report;

import dev.holdfast.engine.decide.Decision;
import dev.holdfast.engine.decide.Holdings;
import dev.holdfast.engine.decide.Wanted;
import dev.holdfast.engine.plan.PlanText;
import dev.holdfast.model.AppStatus;
import dev.holdfast.model.AppStatus.Confirm;
import dev.holdfast.model.AppStatus.Holding;
import dev.holdfast.model.AppStatus.Problem;
import dev.holdfast.model.AppStatus.Sync;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Health;
import dev.holdfast.model.Inventory;
import dev.holdfast.model.Operation;
import dev.holdfast.model.Placement.Ending;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Revision;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One placement's part of the status, with what the fold over all of them needs: whether it is ready, whether it
/// moves, and the code of what stalls it (empty: nothing).
record TargetReport(
        AppStatus.Target target, boolean ready, boolean moving, String stalled, String reason, ObjectCounts counts) {

    private static final int PROBLEMS = 5;
    private static final int DELETES = 10;

    static TargetReport of(TargetState state) {
        return new Writing(state).report();
    }

    /// How much the whole App's sentence should be about this target.
    int trouble() {
        if (!stalled.isEmpty()) return 3;
        if (moving) return 2;
        return ready ? 0 : 1;
    }

    static Optional<Inventory> inventory(TargetState state) {
        return state.seen().holdings() instanceof Holdings.Loaded(var inventory)
                ? Optional.of(inventory)
                : Optional.empty();
    }

    /// One run of {@link TargetReport#of}.
    private static final class Writing {
        private final TargetState state;
        private final Decision decision;
        private final Optional<Inventory> inventory;
        private final Optional<Plan> plan;
        private final List<Fault> faults;

        Writing(TargetState state) {
            this.state = state;
            this.decision = state.decision();
            this.inventory = inventory(state);
            this.plan = plan(decision);
            var all = new LinkedHashSet<Fault>();
            newer().ifPresent(all::add);
            if (decision instanceof Decision.Hold(var held, var _, var _)) all.addAll(held);
            all.addAll(state.faults());
            plan.ifPresent(known -> known.held().forEach(one -> all.add(one.fault())));
            this.faults = List.copyOf(all);
        }

        TargetReport report() {
            var sync = sync();
            var counts = ObjectCounts.of(state.seen(), plan);
            var health = counts.worst();
            var blocking = stalling();
            boolean ready = sync == Sync.SYNCED && health == Health.State.CURRENT && blocking.isEmpty();
            var problems = faults.stream().map(Writing::problem).distinct().toList();
            var shown = problems.stream().limit(PROBLEMS).toList();
            var key = state.seen().placement().key();
            var target = new AppStatus.Target(
                    key.target(),
                    key.cluster(),
                    sync,
                    health,
                    revisions(sync),
                    inventory.flatMap(Inventory::operation),
                    holding(),
                    confirm(),
                    shown,
                    problems.size() - shown.size(),
                    why());
            return new TargetReport(target, ready, moving(), blocking, reason(sync), counts);
        }

        /// Whatever is being done: while a newer commit comes to nothing, the cluster is not what Git says.
        private Sync sync() {
            if (state.seen().placement().policy().suspended()) return Sync.SUSPENDED;
            var sync = decided();
            return sync == Sync.SYNCED && newer().isPresent() ? Sync.OUT_OF_SYNC : sync;
        }

        /// Why a commit newer than the one that is kept came to nothing.
        private Optional<Fault> newer() {
            return state.seen().wanted() instanceof Wanted.Known known ? known.newer() : Optional.empty();
        }

        private Sync decided() {
            return switch (decision) {
                case Decision.Rest(var _, var _, var plan) -> {
                    if (!(state.seen().wanted() instanceof Wanted.Known)) yield Sync.UNKNOWN;
                    yield plan.empty() && faults.isEmpty() ? Sync.SYNCED : rest(plan);
                }
                case Decision.Hold _ ->
                    inventory.isEmpty() || state.seen().wanted() instanceof Wanted.Failed ? Sync.UNKNOWN : held();
                case Decision.Await(var _, var _, var plan) ->
                    plan.empty() && state.seen().wanted() instanceof Wanted.Known && !going()
                            ? Sync.SYNCED
                            : Sync.SYNCING;
                case Decision.Conclude(var operation, var _, var _) ->
                    operation.phase() == Operation.Phase.SUCCEEDED ? Sync.SYNCED : Sync.SYNCING;
                case Decision.Forget _, Decision.Ask _, Decision.Act _, Decision.Recover _ -> Sync.SYNCING;
            };
        }

        /// Objects that are kept on purpose (`prune: false`) are no difference.
        private Sync rest(Plan plan) {
            boolean kept = plan.empty()
                    && faults.stream().allMatch(fault -> fault.code().equals("KeptByPolicy"));
            return kept ? Sync.SYNCED : Sync.OUT_OF_SYNC;
        }

        /// Everything is applied, and only health failed: then it is as Git says.
        private Sync held() {
            boolean applied = plan.filter(known -> known.empty()
                            && known.held().isEmpty()
                            && known.confirmation().isEmpty())
                    .isPresent();
            return applied && !going() ? Sync.SYNCED : Sync.OUT_OF_SYNC;
        }

        private boolean going() {
            var identity = state.seen().placement().identity();
            return identity.deletedAt().isPresent() || identity.ending() != Ending.NONE;
        }

        /// What needs a person: a terminal fault, or a confirmation.
        private String stalling() {
            if (state.seen().placement().policy().suspended()) return "";
            return faults.stream()
                    .filter(fault ->
                            fault instanceof Fault.Terminal || fault.code().equals("ConfirmationNeeded"))
                    .map(Fault::code)
                    .findFirst()
                    .orElse("");
        }

        private boolean moving() {
            return switch (decision) {
                case Decision.Act _,
                        Decision.Ask _,
                        Decision.Conclude _,
                        Decision.Await _,
                        Decision.Recover _,
                        Decision.Forget _ -> true;
                case Decision.Hold _ -> faults.stream().noneMatch(Fault.Terminal.class::isInstance);
                case Decision.Rest _ -> state.seen().wanted() instanceof Wanted.Unknown;
            };
        }

        private String reason(Sync sync) {
            return switch (decision) {
                case Decision.Rest _ ->
                    switch (sync) {
                        case SUSPENDED -> "Suspended";
                        case SYNCED -> "Succeeded";
                        case SYNCING, UNKNOWN -> "Waiting";
                        case OUT_OF_SYNC -> "OutOfSync";
                    };
                case Decision.Hold _ ->
                    faults.isEmpty() ? "Held" : faults.getFirst().code();
                case Decision.Await _ -> "Settling";
                case Decision.Act _, Decision.Conclude _, Decision.Ask _ -> "Syncing";
                case Decision.Recover _ -> "Recovering";
                case Decision.Forget _ -> "Deleting";
            };
        }

        private List<Revision> revisions(Sync sync) {
            if (sync == Sync.SYNCED && state.seen().wanted() instanceof Wanted.Known known) return known.revisions();
            return inventory.map(Inventory::revisions).orElse(List.of());
        }

        private Holding holding() {
            return switch (state.seen().holdings()) {
                case Holdings.Loaded(var known) ->
                    new Holding(known.generation(), known.entries().size());
                // what status says is the only trace of it
                case Holdings.Lost lost -> new Holding(lost.generation(), 0);
            };
        }

        private Optional<Confirm> confirm() {
            return plan.flatMap(known -> known.confirmation()
                    .map(open -> new Confirm(
                            known.digest().hex(),
                            open.why(),
                            open.deletes().stream()
                                    .limit(DELETES)
                                    .map(Ref::words)
                                    .toList(),
                            open.deletes().size(),
                            open.alsoLost().stream().limit(DELETES).toList())));
        }

        /// Never empty: an app without words helps nobody.
        private String why() {
            var why = newer().map(this::kept).orElseGet(this::decidedWhy);
            return why.isBlank() ? "waits" : why;
        }

        /// The newest commit's fault, and what runs meanwhile.
        private String kept(Fault newest) {
            var running = inventory.map(Inventory::revisions).orElse(List.of()).stream()
                    .map(Revision::words)
                    .collect(Collectors.joining(", "));
            var sentence = newest.sentence();
            return running.isEmpty() ? sentence : sentence + ". " + running + " keeps running";
        }

        private String decidedWhy() {
            return switch (decision) {
                case Decision.Rest(var why, var _, var _) ->
                    state.faults().isEmpty() ? why : state.faults().getFirst().sentence();
                case Decision.Hold _ ->
                    faults.isEmpty() ? "held" : faults.getFirst().sentence();
                case Decision.Await(var unsettled, var _, var _) -> waiting(unsettled);
                case Decision.Act(var plan, var operation) -> cause(operation) + PlanText.summary(plan);
                case Decision.Ask(var names) -> "looks up %d names before it applies".formatted(names.size());
                case Decision.Conclude(var operation, var _, var _) ->
                    operation.message().isEmpty() ? "everything is applied" : operation.message();
                case Decision.Recover(var _, var why) -> why;
                case Decision.Forget(var why) -> why;
            };
        }

        private static String waiting(List<Decision.Unsettled> unsettled) {
            if (unsettled.isEmpty()) return "waits";
            var first = unsettled.getFirst();
            var more = unsettled.size() == 1 ? "" : " (and %d more)".formatted(unsettled.size() - 1);
            var health = first.health();
            var words = health.message().isEmpty() ? health.reason() : health.message();
            return "waits for " + first.ref().words() + ": " + words + more;
        }

        private String cause(Operation operation) {
            return switch (operation.cause()) {
                case REVISION -> "a new revision: ";
                case DRIFT -> "drift: ";
                case PERSON -> "a sync was asked for: ";
                case DELETION -> deleted();
            };
        }

        private String deleted() {
            var identity = state.seen().placement().identity();
            boolean whole = identity.deletedAt().isPresent() || identity.ending() != Ending.UNMATCHED;
            return whole ? "the app is deleted: " : "the app no longer has this target: ";
        }

        private static Problem problem(Fault fault) {
            var known = fault.explanation();
            return new Problem(
                    known.code(),
                    known.object().map(Ref::words).orElse(""),
                    known.place().place(),
                    known.message(),
                    known.next());
        }

        private static Optional<Plan> plan(Decision decision) {
            return switch (decision) {
                case Decision.Rest rest -> Optional.of(rest.plan());
                case Decision.Hold hold -> Optional.of(hold.plan());
                case Decision.Await await -> Optional.of(await.plan());
                case Decision.Conclude conclude -> Optional.of(conclude.plan());
                case Decision.Act act -> Optional.of(act.plan());
                case Decision.Forget _, Decision.Ask _, Decision.Recover _ -> Optional.empty();
            };
        }
    }
}
