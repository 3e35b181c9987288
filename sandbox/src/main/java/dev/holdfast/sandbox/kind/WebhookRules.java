package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.child;
import static dev.holdfast.sandbox.kind.Problems.item;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.HashSet;
import java.util.List;

/// The webhooks that judge writes.
final class WebhookRules {

    private WebhookRules() {}

    static void check(Mapping configuration, Problems problems) {
        var webhooks = configuration.sequence("webhooks");
        var names = new HashSet<String>();
        for (int i = 0; i < webhooks.size(); i++) {
            if (!(webhooks.get(i) instanceof Mapping webhook)) continue;
            var path = item("webhooks", i);
            webhook(webhook, path, problems);
            var name = webhook.text("name").orElse("");
            if (!names.add(name)) problems.duplicate(child(path, "name"), Value.of(name));
        }
    }

    private static void webhook(Mapping webhook, String path, Problems problems) {
        var name = webhook.text("name").orElse("");
        if (name.isEmpty()) {
            problems.required(child(path, "name"), "");
        } else if (!Names.subdomain(name).isEmpty()) {
            problems.invalid(child(path, "name"), name, String.join(",", Names.subdomain(name)));
        } else if (name.split("\\.", -1).length < 3) {
            problems.invalid(
                    child(path, "name"), name, "should be a domain with at least three segments separated by dots");
        }
        var versions = webhook.sequence("admissionReviewVersions");
        if (versions.isEmpty()) {
            problems.required(child(path, "admissionReviewVersions"), "must specify one of v1, v1beta1");
        } else if (!versions.items().contains(Value.of("v1"))
                && !versions.items().contains(Value.of("v1beta1"))) {
            problems.invalid(
                    child(path, "admissionReviewVersions"), versions, "must include at least one of v1, v1beta1");
        }
        var effects = webhook.get("sideEffects");
        if (!List.of("None", "NoneOnDryRun").contains(effects instanceof Value.Text(var text, var _) ? text : "")) {
            if (effects == null || effects.isNull()) {
                problems.required(child(path, "sideEffects"), "must specify one of None, NoneOnDryRun");
            } else {
                problems.notSupported(child(path, "sideEffects"), effects, List.of("None", "NoneOnDryRun"));
            }
        }
        problems.oneOf(webhook, path, "failurePolicy", List.of("Fail", "Ignore"));
        problems.oneOf(webhook, path, "matchPolicy", List.of("Equivalent", "Exact"));
        long seconds = webhook.whole("timeoutSeconds").orElse(10L);
        if (seconds < 1 || seconds > 30) {
            problems.invalid(
                    child(path, "timeoutSeconds"),
                    Value.of(seconds),
                    "the timeout value must be between 1 and 30 seconds");
        }
        var client = webhook.mapping("clientConfig");
        if (client.has("url") == client.has("service")) {
            problems.required(child(path, "clientConfig"), "exactly one of url or service is required");
        }
        rules(webhook, path, problems);
    }

    private static void rules(Mapping webhook, String path, Problems problems) {
        var rules = webhook.sequence("rules");
        for (int i = 0; i < rules.size(); i++) {
            if (!(rules.get(i) instanceof Mapping rule)) continue;
            var place = item(child(path, "rules"), i);
            for (var field : List.of("apiGroups", "apiVersions", "resources", "operations")) {
                if (rule.sequence(field).isEmpty()) problems.required(child(place, field), "");
            }
            problems.oneOf(rule, place, "scope", List.of("*", "Cluster", "Namespaced"));
        }
    }
}
