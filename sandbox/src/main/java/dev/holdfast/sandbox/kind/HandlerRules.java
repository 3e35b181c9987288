package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.List;

/// Probes and hooks of containers, which are handled in one of several ways.
final class HandlerRules {

    private static final List<String> COUNTS =
            List.of("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold");

    private final long grace;
    private final Problems problems;

    /// `grace` is how many seconds the pod has to end.
    HandlerRules(long grace, Problems problems) {
        this.grace = grace;
        this.problems = problems;
    }

    void lifecycle(Mapping lifecycle, String path) {
        for (var hook : List.of("postStart", "preStop")) {
            if (lifecycle.get(hook) instanceof Mapping handler) {
                handler(handler, List.of("exec", "httpGet", "tcpSocket", "sleep"), child(path, hook));
            }
        }
    }

    void probe(Mapping container, String kind, String owner) {
        if (!(container.get(kind) instanceof Mapping probe)) return;
        var path = child(owner, kind);
        handler(probe, List.of("exec", "httpGet", "tcpSocket", "grpc"), path);
        for (var count : COUNTS) problems.notNegative(probe, path, count);
        var ends = probe.get("terminationGracePeriodSeconds");
        if (ends instanceof Value.Whole(var seconds, var _) && seconds <= 0) {
            problems.invalid(child(path, "terminationGracePeriodSeconds"), ends, "must be greater than 0");
        }
        if (kind.equals("readinessProbe")) {
            if (ends instanceof Value.Whole) {
                problems.invalid(
                        child(path, "terminationGracePeriodSeconds"), ends, "must not be set for readinessProbes");
            }
            return;
        }
        long successes = probe.whole("successThreshold").orElse(1L);
        if (successes != 1) problems.invalid(child(path, "successThreshold"), Value.of(successes), "must be 1");
    }

    private void handler(Mapping owner, List<String> ways, String path) {
        boolean handled = false;
        for (var way : ways) {
            if (!(owner.get(way) instanceof Mapping action)) continue;
            var place = child(path, way);
            if (handled) problems.forbidden(place, "may not specify more than 1 handler type");
            else action(way, action, place);
            handled = true;
        }
        if (!handled) problems.required(path, "must specify a handler type");
    }

    private void action(String way, Mapping action, String path) {
        switch (way) {
            case "exec" -> {
                if (action.sequence("command").isEmpty()) problems.required(child(path, "command"), "");
            }
            case "httpGet" -> request(action, path);
            case "sleep" -> {
                long seconds = action.whole("seconds").orElse(0L);
                if (seconds < 0 || seconds > grace) {
                    problems.invalid(
                            path,
                            Value.of(seconds),
                            "must be non-negative and less than terminationGracePeriodSeconds (" + grace + ")");
                }
            }
            default -> Ports.numberOrName(port(action), child(path, "port"), problems);
        }
    }

    private void request(Mapping action, String path) {
        if (action.text("path").orElse("").isEmpty()) problems.required(child(path, "path"), "");
        Ports.numberOrName(port(action), child(path, "port"), problems);
        problems.oneOf(action, path, "scheme", List.of("HTTP", "HTTPS"));
        for (var header : action.sequence("httpHeaders").mappings()) {
            var name = header.text("name").orElse("");
            if (name.matches("[-A-Za-z0-9]+")) continue;
            problems.invalid(
                    child(path, "httpHeaders"),
                    name,
                    "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex"
                            + " used for validation is '[-A-Za-z0-9]+')");
        }
    }

    /// A port that isn't there is the number 0.
    private static Value port(Mapping action) {
        var port = action.get("port");
        return port == null || port.isNull() ? Value.of(0) : port;
    }
}
