package dev.holdfast.sandbox.trouble;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal;
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

        /// Answered as usual, but late.
        record Delay(long millis) implements Outcome {}
    }

    public enum Moment {
        BEFORE,
        AFTER
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
        if (body.bool("lost").orElse(false)) {
            outcome = new Outcome.Lost(moment);
        } else if (body.has("delayMillis")) {
            outcome = new Outcome.Delay(body.whole("delayMillis").orElse(0L));
        } else {
            int code = body.whole("status").orElse(0L).intValue();
            if (code < 400 || code > 599) {
                throw Refusal.badRequest("a fault needs a status of 400 to 599, \"lost\" or \"delayMillis\"");
            }
            outcome = new Outcome.Status(
                    code,
                    body.text("message").orElse(""),
                    body.whole("retryAfter").map(Long::intValue),
                    moment);
        }
        return new FaultRule(
                match, body.whole("nth").orElse(1L), body.whole("times").orElse(1L), outcome);
    }
}
