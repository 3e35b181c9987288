package dev.holdfast.sandbox.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.access.User;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.realm.AdjustableTime;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.sandbox.trouble.FaultRule;
import dev.holdfast.sandbox.trouble.RequestLog;
import dev.holdfast.sandbox.trouble.Switches;
import dev.holdfast.sandbox.write.Bodies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The sandbox's own address `/sandbox`: the request log and the switches for trouble. For the administrator only,
/// and not counted in the log.
public final class Admin {

    private final Realm realm;
    private final Switches switches;
    private final RequestLog log;

    public Admin(Realm realm, Switches switches, RequestLog log) {
        this.realm = realm;
        this.switches = switches;
        this.log = log;
    }

    static boolean isFor(Call call) {
        return !call.path().isEmpty() && call.path().getFirst().equals("sandbox");
    }

    Answer answer(User user, Call call) {
        if (!user.in(User.MASTERS)) {
            throw Refusal.forbidden(
                    new Subject("", "", ""), "User \"" + user.name() + "\" is not the sandbox's administrator");
        }
        var place = String.join("/", call.path().subList(1, call.path().size()));
        var done = switch (call.method() + " " + place) {
            case "GET log" -> log.report(filter(call));
            case "POST log/reset" -> {
                log.reset();
                yield state();
            }
            case "GET " -> state();
            case "POST faults" -> {
                switches.arm(FaultRule.of(body(call)));
                yield state();
            }
            case "DELETE faults" -> {
                switches.disarm();
                yield state();
            }
            case "POST groups" -> {
                group(body(call));
                yield state();
            }
            case "POST features" -> {
                features(body(call));
                yield state();
            }
            case "POST delays" -> {
                var delays = body(call);
                delays.whole("watchMillis").map(Duration::ofMillis).ifPresent(switches::delayWatches);
                delays.whole("lagMillis").map(Duration::ofMillis).ifPresent(switches::lag);
                yield state();
            }
            case "POST clock" -> clock(body(call));
            case "POST compact" ->
                Mapping.of("compacted", Value.of(realm.store().compact()));
            case "POST watches/drop" -> {
                long dropped = realm.store().watching();
                realm.store().dropWatches();
                yield Mapping.of("dropped", Value.of(dropped));
            }
            default -> throw Refusal.noSuchResource();
        };
        return Texts.answer(200, done, Form.PLAIN);
    }

    private static Mapping body(Call call) {
        return Bodies.parse(call, "a JSON object").object();
    }

    private void group(Mapping body) {
        var group = body.text("group").orElse("");
        if (body.bool("down").orElse(true)) switches.groupDown(group);
        else switches.groupUp(group);
    }

    private void features(Mapping body) {
        feature(body.bool("watchList"), Switches.Feature.WATCH_LIST);
        feature(body.bool("aggregatedDiscovery"), Switches.Feature.AGGREGATED_DISCOVERY);
    }

    private void feature(Optional<Boolean> served, Switches.Feature feature) {
        if (served.isEmpty()) return;
        if (served.get()) switches.with(feature);
        else switches.without(feature);
    }

    private Mapping clock(Mapping body) {
        if (!(realm.tasks() instanceof AdjustableTime time)) {
            throw Refusal.badRequest("this sandbox's clock is not its own: it cannot be set");
        }
        body.whole("speed").ifPresent(speed -> time.speed(Math.clamp(speed, 1, 10_000)));
        body.whole("advanceSeconds").map(Duration::ofSeconds).ifPresent(time::advance);
        return Mapping.of("now", Value.of(realm.preciseTimestamp()));
    }

    private Mapping state() {
        return Mapping.builder()
                .put("resourceVersion", realm.store().version())
                .put("compacted", realm.store().compacted())
                .put("watches", realm.store().watching())
                .put("watchDelayMillis", switches.watchDelay().toMillis())
                .put("lagMillis", switches.lag().toMillis())
                .put("requests", log.total())
                .put("groupsDown", Value.texts(new ArrayList<>(new TreeSet<>(switches.groupsDown()))))
                .build();
    }

    private static Predicate<RequestLog.Entry> filter(Call call) {
        var query = call.query();
        return entry -> matches(query.get("verb"), entry.verb())
                && matches(query.get("resource"), entry.resource())
                && matches(query.get("namespace"), entry.namespace())
                && matches(query.get("name"), entry.name())
                && matches(query.get("user"), entry.user())
                && (query.get("agent").isEmpty() || entry.agent().startsWith(query.get("agent")));
    }

    private static boolean matches(String wanted, String found) {
        return wanted.isEmpty() || wanted.equals(found);
    }
}
