package dev.holdfast.sandbox.trouble;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal;
import java.util.List;
import java.util.Optional;

/// A fault that is to happen: to which requests, to the how manyth of them, and what happens.
public record FaultRule(Match match, long from, long times, Outcome outcome) {

    /// Which requests; empty texts match all.
    public record Match(String verb, String resource, String namespace, String name, String agent) {
        public static final Match ALL = new Match("", "", "", "", "");

        public static Match of(String verb, String resource) {
            return new Match(verb, resource, "", "", "");
        }

        boolean covers(RequestLog.Entry request) {
            return covers(verb, request.verb())
                    && covers(resource, request.resource())
                    && covers(namespace, request.namespace())
                    && covers(name, request.name())
                    && (agent.isEmpty() || request.agent().startsWith(agent));
        }

        private static boolean covers(String wanted, String found) {
            return wanted.isEmpty() || wanted.equals(found);
        }
    }

    public sealed interface Outcome {
        /// An error status; before anything is done, or after the write took effect.
        record Status(int code, String message, Optional<Integer> retryAfterSeconds, Moment moment)
                implements Outcome {}

        /// No answer: the connection breaks.
        record Lost(Moment moment) implements Outcome {}

        /// What a webhook says that refuses a write; reads pass.
        record Denied(String webhook, String message) implements Outcome {
            public String sentence() {
                var start = "admission webhook \"" + webhook + "\" denied the request";
                return message.isEmpty() ? start + " without explanation" : start + ": " + message;
            }
        }

        /// Answered as usual, but late.
        record Delay(long millis) implements Outcome {}
    }

    public enum Moment {
        BEFORE,
        AFTER
    }

    boolean covers(RequestLog.Entry request) {
        boolean reads = List.of("get", "list", "watch").contains(request.verb());
        return match.covers(request) && !(reads && outcome instanceof Outcome.Denied);
    }

    /// The n-th matching request (1 is the next one) gets an error status before anything is done.
    public static FaultRule status(Match match, long nth, int code) {
        var outcome = new Outcome.Status(code, "", Optional.empty(), Moment.BEFORE);
        return new FaultRule(match, nth, 1, outcome);
    }

    /// The n-th matching request takes effect, but its answer never arrives.
    public static FaultRule lostAfter(Match match, long nth) {
        return new FaultRule(match, nth, 1, new Outcome.Lost(Moment.AFTER));
    }

    /// Every matching write is refused, as by a webhook of this name.
    public static FaultRule denial(Match match, String webhook, String message) {
        return new FaultRule(match, 1, ALWAYS, new Outcome.Denied(webhook, message));
    }

    /// The n-th matching request is answered so much later.
    public static FaultRule delay(Match match, long nth, long millis) {
        return new FaultRule(match, nth, 1, new Outcome.Delay(millis));
    }

    private static final long ALWAYS = Long.MAX_VALUE / 2;

    /// From what the admin endpoint is sent.
    public static FaultRule of(Mapping body) {
        var match = new Match(
                body.text("verb").orElse(""),
                body.text("resource").orElse(""),
                body.text("namespace").orElse(""),
                body.text("name").orElse(""),
                body.text("agent").orElse(""));
        var moment = body.text("when").orElse("before").equals("after") ? Moment.AFTER : Moment.BEFORE;
        Outcome outcome;
        if (body.has("deny")) {
            var webhook = body.text("webhook").orElse("sandbox.holdfast.dev");
            outcome = new Outcome.Denied(webhook, body.text("deny").orElse(""));
        } else if (body.bool("lost").orElse(false)) {
            outcome = new Outcome.Lost(moment);
        } else if (body.has("delayMillis")) {
            outcome = new Outcome.Delay(body.whole("delayMillis").orElse(0L));
        } else {
            int code = body.whole("status").orElse(0L).intValue();
            if (code < 400 || code > 599) {
                throw Refusal.badRequest("a fault needs a status of 400 to 599, \"lost\", \"delayMillis\" or \"deny\"");
            }
            outcome = new Outcome.Status(
                    code,
                    body.text("message").orElse(""),
                    body.whole("retryAfter").map(Long::intValue),
                    moment);
        }
        long times = body.whole("times").orElse(outcome instanceof Outcome.Denied ? 0L : 1L);
        return new FaultRule(match, body.whole("nth").orElse(1L), times == 0 ? ALWAYS : times, outcome);
    }
}
