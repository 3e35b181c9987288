package dev.holdfast.cli;

import dev.holdfast.engine.apply.ApplyBody;
import dev.holdfast.engine.live.IgnoreRules;
import dev.holdfast.engine.live.PathValue;
import dev.holdfast.model.DesiredObject;
import dev.holdfast.model.Discovery.ApiResource;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Plan;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Step;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.ApiStatus;
import dev.holdfast.port.Cluster.Apply;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Conflicts;
import dev.holdfast.port.Cluster.Effect;
import dev.holdfast.port.Tasks;
import dev.holdfast.runtime.loop.Fan;
import dev.holdfast.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Every object of a placement: as it is, and as the server says that it would be after an apply.
final class Comparison {

    private static final int WIDTH = 8;
    private static final List<String> SERVER_OWNED =
            List.of("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink");

    private final Workplace workplace;
    private final Looking looking;
    private final Looking.Seen seen;
    private final Masking masking;
    private final IgnoreRules ignore;
    private final Tasks.Monitor monitor;
    // guarded by the monitor
    private final TreeMap<Ref, Result> results = new TreeMap<>();

    Comparison(Workplace workplace, Looking looking, Looking.Seen seen, Masking masking) {
        this.workplace = workplace;
        this.looking = looking;
        this.seen = seen;
        this.masking = masking;
        this.ignore = IgnoreRules.of(seen.placement().policy().ignore());
        this.monitor = workplace.tasks().monitor();
    }

    /// What came of one object.
    sealed interface Result {
        record Same() implements Result {}

        /// Lines of YAML; none on the side where the object is not.
        record Different(Change change, String place, List<String> live, List<String> git) implements Result {}

        /// May not be looked at, or is not applied now.
        record Hidden(String why) implements Result {}

        /// The server would not take it.
        record Refused(Fault fault) implements Result {}
    }

    enum Change {
        CREATE,
        CHANGE,
        DELETE
    }

    TreeMap<Ref, Result> results() {
        var plan = seen.plan();
        var held = held(plan);
        var created = created(plan);
        var objects = new ArrayList<DesiredObject>();
        seen.look().desired().ifPresent(set -> {
            set.held()
                    .forEach(one -> put(one.ref(), new Result.Hidden(one.fault().sentence())));
            objects.addAll(set.objects());
        });
        objects.removeIf(object -> held.containsKey(object.ref()));
        held.forEach((ref, why) -> put(ref, new Result.Hidden(why)));
        plan.ifPresent(this::leaving);
        new Fan(workplace.tasks(), WIDTH).out("diff", objects, object -> put(object.ref(), compare(object, created)));
        return monitor.hold(() -> new TreeMap<>(results));
    }

    /// What an earlier rank holds up is applied in the end, and shown.
    private static TreeMap<Ref, String> held(Optional<Plan> plan) {
        var held = new TreeMap<Ref, String>();
        for (var one : plan.map(Plan::held).orElse(List.of())) {
            boolean later = one.fault().code().equals("EarlierRank");
            if (!later) held.put(one.ref(), one.fault().sentence());
        }
        return held;
    }

    private TreeSet<Ref> created(Optional<Plan> plan) {
        var created = new TreeSet<Ref>();
        for (var step : plan.map(Plan::steps).orElse(List.of())) {
            switch (step) {
                case Step.Apply apply when apply.reason() == Step.Reason.CREATE -> created.add(apply.ref());
                case Step.Ensure(var desired, var why) ->
                    put(
                            desired.ref(),
                            different(
                                    Change.CREATE, why, Optional.empty(), Optional.of(desired.body()), desired.ref()));
                case Step.Apply _, Step.Inspect _, Step.Prune _, Step.Release _, Step.Forget _ -> {}
            }
        }
        return created;
    }

    private void leaving(Plan plan) {
        for (var step : plan.steps()) {
            if (step instanceof Step.Prune prune) gone(prune.ref(), prune.why());
        }
        plan.confirmation().ifPresent(open -> open.deletes().forEach(ref -> gone(ref, "waits for a confirmation")));
    }

    private void gone(Ref ref, String why) {
        var live = Optional.ofNullable(seen.look().objects().get(ref));
        if (live.isPresent()) put(ref, different(Change.DELETE, why, live, Optional.empty(), ref));
    }

    private void put(Ref ref, Result result) {
        monitor.run(() -> results.put(ref, result));
    }

    private Result compare(DesiredObject desired, TreeSet<Ref> created) {
        var ref = desired.ref();
        var resource = workplace.preview().served().find(desired.gvk());
        if (resource.isEmpty()) return new Result.Hidden(desired.gvk() + " is not served by this cluster");
        var address = Address.of(resource.get(), ref.namespace(), ref.name());
        try {
            var live = Optional.ofNullable(seen.look().objects().get(ref));
            if (live.isEmpty() && !created.contains(ref)) {
                switch (workplace.cluster().read(address, Caller.SELF)) {
                    case Answer.Done(var _, var body, var _) -> live = Optional.of(body);
                    case Answer.Refused(var status) -> {
                        if (status.code() != 404) return refused(desired, status, "get");
                    }
                }
            }
            return dryRun(desired, resource.get(), live);
        } catch (FaultException failed) {
            return new Result.Refused(failed.fault().about(ref));
        }
    }

    private Result dryRun(DesiredObject desired, ApiResource resource, Optional<Mapping> live) {
        var ref = desired.ref();
        var body = ApplyBody.of(desired, Optional.ofNullable(seen.look().live().get(ref)));
        var address = Address.of(resource, ref.namespace(), ref.name());
        var manager = seen.placement().ownership().fieldManager();
        var apply = new Apply(address, body, manager, Conflicts.FORCE, Effect.DRY_RUN);
        var place = desired.origin().place();
        return switch (workplace.cluster().apply(apply, Caller.SELF)) {
            case Answer.Done(var _, var answer, var _) ->
                different(live.isEmpty() ? Change.CREATE : Change.CHANGE, place, live, Optional.of(answer), ref);
            case Answer.Refused(var status) -> {
                // its namespace comes with the same apply
                boolean first = live.isEmpty() && status.code() == 404;
                yield first
                        ? different(Change.CREATE, place, live, Optional.of(desired.body()), ref)
                        : refused(desired, status, "patch");
            }
        };
    }

    private Result refused(DesiredObject desired, ApiStatus status, String verb) {
        var ref = desired.ref();
        if (status.code() == 403) return new Result.Hidden("you may not " + verb + " " + looking.rightOf(ref));
        // what a server says about a Secret may repeat what is in it
        var said = Masking.concerns(ref) ? status.reason() : status.message();
        var message = ref.words() + " would be refused (" + status.code() + "): " + said;
        return new Result.Refused(Fault.at(desired.origin(), "Rejected", message, "Correct it in Git")
                .about(ref));
    }

    private Result different(Change change, String place, Optional<Mapping> live, Optional<Mapping> git, Ref ref) {
        var before = lines(ref, live);
        var after = lines(ref, git);
        return before.equals(after) ? new Result.Same() : new Result.Different(change, place, before, after);
    }

    private List<String> lines(Ref ref, Optional<Mapping> object) {
        if (object.isEmpty()) return List.of();
        var shown = object.get().without("status");
        for (var path : ignore.paths(ref, shown)) shown = PathValue.without(shown, path);
        var metadata = shown.mapping("metadata");
        for (var field : SERVER_OWNED) metadata = metadata.without(field);
        var masked = masking.masked(ref, shown.with("metadata", metadata));
        return text(masked).lines().map(Terminal::clean).toList();
    }

    /// YAML has no form for some texts; JSON has.
    private static String text(Mapping object) {
        try {
            return YamlWriter.text(object);
        } catch (FaultException noForm) {
            return PrettyJson.text(object);
        }
    }
}
