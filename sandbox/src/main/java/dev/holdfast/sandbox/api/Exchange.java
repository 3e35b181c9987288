package dev.holdfast.sandbox.api;

import dev.holdfast.sandbox.access.Attributes;
import dev.holdfast.sandbox.access.Authentication;
import dev.holdfast.sandbox.access.Rights;
import dev.holdfast.sandbox.access.User;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Aim;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.sandbox.trouble.FaultRule;
import dev.holdfast.sandbox.trouble.FaultRule.Moment;
import dev.holdfast.sandbox.trouble.FaultRule.Outcome;
import dev.holdfast.sandbox.trouble.RequestLog;
import dev.holdfast.sandbox.trouble.Switches;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a request to its answer: who asks, may they, what is it about. Both doors call this and nothing else.
public final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Realm realm;
    private final Authentication authentication;
    private final Rights rights;
    private final Switches switches;
    private final RequestLog log;
    private final Objects objects;
    private final Places places;

    public Exchange(Realm realm, Parts parts, Objects objects, Places places) {
        this.realm = realm;
        this.authentication = parts.authentication();
        this.rights = parts.rights();
        this.switches = parts.switches();
        this.log = parts.log();
        this.objects = objects;
        this.places = places;
    }

    /// What judges and watches over requests.
    public record Parts(Authentication authentication, Rights rights, Switches switches, RequestLog log) {}

    /// As whoever the bearer token says.
    public Answer answer(Call call) {
        return answer(call, authentication::byToken);
    }

    /// As a user whom the door knows.
    public Answer answerAs(User user, Call call) {
        return answer(call, _ -> user);
    }

    private Answer answer(Call call, Function<Call, User> identify) {
        if (switches.refusing()) return new Answer.Lost();
        var form = Form.PLAIN;
        try {
            var user = identify.apply(call);
            if (Admin.isFor(call)) return places.admin(user, call);
            var aim = Aim.of(call);
            var outcome = switches.armed() ? switches.on(entry(call, aim, user, 0)) : Optional.<Outcome>empty();
            var early = early(outcome);
            if (early.isPresent()) return logged(call, aim, user, early.get());
            Answer answer;
            try {
                form = Form.of(call);
                answer = routed(call, aim, authentication.impersonated(user, call), form);
            } catch (Refusal refusal) {
                answer = Refusals.answer(refusal, form);
            }
            return logged(call, aim, user, late(outcome).orElse(answer));
        } catch (Refusal refusal) {
            return Refusals.answer(refusal, form);
        } catch (RuntimeException broken) {
            if (broken instanceof dev.holdfast.port.Tasks.Cancelled) throw broken;
            LOG.error("the request {} /{} failed", call.method(), String.join("/", call.path()), broken);
            return Refusals.answer(
                    Refusal.of(500, "InternalError", "the server failed on this request; its log says why"), form);
        }
    }

    private Answer routed(Call call, Optional<Aim> aim, User user, Form form) {
        if (aim.isEmpty()) {
            rights.check(user, Attributes.ofPath(call.method(), call.path()));
            return places.answer(call, form);
        }
        var about = aim.get();
        if (switches.groupsDown().contains(about.group())) {
            throw Refusal.of(503, "ServiceUnavailable", "the server is currently unable to handle the request");
        }
        rights.check(user, Attributes.of(about));
        return objects.answer(call, about, user, form);
    }

    private Optional<Answer> early(Optional<Outcome> outcome) {
        return switch (outcome.orElse(null)) {
            case Outcome.Delay(var millis) -> {
                realm.tasks().sleepUntil(realm.tasks().now().plus(Duration.ofMillis(millis)));
                yield Optional.empty();
            }
            case Outcome.Status status when status.moment() == Moment.BEFORE -> Optional.of(faulty(status));
            case Outcome.Lost(var moment) when moment == Moment.BEFORE -> Optional.of(new Answer.Lost());
            case Outcome.Denied denied ->
                Optional.of(Refusals.answer(Refusal.of(403, "Forbidden", denied.sentence()), Form.PLAIN));
            case Outcome.Status _ -> Optional.empty();
            case Outcome.Lost _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    private static Optional<Answer> late(Optional<Outcome> outcome) {
        return switch (outcome.orElse(null)) {
            case Outcome.Status status when status.moment() == Moment.AFTER -> Optional.of(faulty(status));
            case Outcome.Lost(var moment) when moment == Moment.AFTER -> Optional.of(new Answer.Lost());
            case Outcome.Status _ -> Optional.empty();
            case Outcome.Lost _ -> Optional.empty();
            case Outcome.Delay _ -> Optional.empty();
            case Outcome.Denied _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    private static Answer faulty(FaultRule.Outcome.Status status) {
        return Refusals.answer(Refusals.ofStatus(status), Form.PLAIN);
    }

    private Answer logged(Call call, Optional<Aim> aim, User user, Answer answer) {
        log.add(entry(call, aim, user, answer.status()));
        return answer;
    }

    private static RequestLog.Entry entry(Call call, Optional<Aim> aim, User user, int status) {
        var agent = call.header("User-Agent").orElse("");
        if (aim.isEmpty()) {
            var path = "/" + String.join("/", call.path());
            return new RequestLog.Entry(
                    call.method().toLowerCase(java.util.Locale.ROOT), path, "", "", user.name(), agent, status);
        }
        var about = aim.get();
        var verb = about.verb().equals("patch") && call.contentType().startsWith("application/apply-patch")
                ? "apply"
                : about.verb();
        var resource = about.group().isEmpty() ? about.resource() : about.resource() + "." + about.group();
        if (!about.subresource().isEmpty()) resource += "/" + about.subresource();
        return new RequestLog.Entry(verb, resource, about.namespace(), about.name(), user.name(), agent, status);
    }
}
