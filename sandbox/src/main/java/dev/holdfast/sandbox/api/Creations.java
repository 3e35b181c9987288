package dev.holdfast.sandbox.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.access.Attributes;
import dev.holdfast.sandbox.access.Escalation;
import dev.holdfast.sandbox.access.Policy;
import dev.holdfast.sandbox.access.Rights;
import dev.holdfast.sandbox.access.Tokens;
import dev.holdfast.sandbox.access.User;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.write.Target;
import dev.holdfast.sandbox.write.WriteOptions;
import dev.holdfast.sandbox.write.Writers;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/// Creations that store nothing: questions in the form of objects, which are answered with a status.
public final class Creations {

    private final Realm realm;
    private final Writers writers;
    private final Rights rights;
    private final Tokens tokens;

    public Creations(Realm realm, Writers writers, Rights rights, Tokens tokens) {
        this.realm = realm;
        this.writers = writers;
        this.rights = rights;
        this.tokens = tokens;
    }

    Escalation escalation() {
        return new Escalation(realm.store(), rights);
    }

    Issued issued() {
        return new Issued(realm, tokens);
    }

    /// Empty for kinds that are stored.
    Optional<Mapping> answer(Target target, Mapping sent, User user, WriteOptions options) {
        return switch (target.type().qualified()) {
            case "selfsubjectaccessreviews.authorization.k8s.io" ->
                Optional.of(access(read(target, Reviews.attributes(target, sent), options), user));
            case "subjectaccessreviews.authorization.k8s.io", "localsubjectaccessreviews.authorization.k8s.io" ->
                Optional.of(access(read(target, Reviews.subject(target, sent), options), subject(sent)));
            case "selfsubjectrulesreviews.authorization.k8s.io" -> Optional.of(rules(Reviews.rules(sent), user));
            case "selfsubjectreviews.authentication.k8s.io" -> Optional.of(self(sent, user));
            case "tokenreviews.authentication.k8s.io" -> Optional.of(token(Reviews.token(sent)));
            default -> Optional.empty();
        };
    }

    private Mapping read(Target target, Mapping sent, WriteOptions options) {
        return writers.questions().read(target, sent, options);
    }

    private static User subject(Mapping review) {
        var groups = new ArrayList<String>();
        for (var group : review.sequence("spec", "groups")) group.asText().ifPresent(groups::add);
        return new User(
                review.text("spec", "user").orElse(""),
                review.text("spec", "uid").orElse(""),
                groups,
                Map.of());
    }

    private Mapping access(Mapping review, User user) {
        var spec = review.mapping("spec");
        var asked = spec.mapping("resourceAttributes");
        var wanted = spec.has("nonResourceAttributes")
                ? new Attributes(
                        spec.text("nonResourceAttributes", "verb").orElse(""),
                        "",
                        "",
                        "",
                        "",
                        "",
                        spec.text("nonResourceAttributes", "path").orElse(""))
                : new Attributes(
                        asked.text("verb").orElse(""),
                        asked.text("group").orElse(""),
                        asked.text("resource").orElse(""),
                        asked.text("subresource").orElse(""),
                        asked.text("namespace").orElse(""),
                        asked.text("name").orElse(""),
                        "");
        return review.with("status", Mapping.of("allowed", rights.allowed(user, wanted) ? Value.TRUE : Value.FALSE));
    }

    private Mapping rules(Mapping review, User user) {
        var resources = new ArrayList<Value>();
        var paths = new ArrayList<Value>();
        for (var policy : rights.policies(user, review.text("spec", "namespace").orElse(""))) {
            if (!policy.resources().isEmpty()) resources.add(resourceRule(policy));
            if (!policy.paths().isEmpty()) {
                paths.add(Mapping.builder()
                        .put("verbs", Value.texts(policy.verbs()))
                        .put("nonResourceURLs", Value.texts(policy.paths()))
                        .build());
            }
        }
        return review.with(
                "status",
                Mapping.builder()
                        .put("resourceRules", Value.of(resources))
                        .put("nonResourceRules", Value.of(paths))
                        .put("incomplete", Value.FALSE)
                        .build());
    }

    private static Mapping resourceRule(Policy policy) {
        var rule = Mapping.builder()
                .put("verbs", Value.texts(policy.verbs()))
                .put("apiGroups", Value.texts(policy.groups()))
                .put("resources", Value.texts(policy.resources()));
        if (!policy.names().isEmpty()) rule.put("resourceNames", Value.texts(policy.names()));
        return rule.build();
    }

    private Mapping self(Mapping review, User user) {
        return review.with("metadata", Mapping.of("creationTimestamp", Value.of(realm.timestamp())))
                .with("status", Mapping.of("userInfo", user.info()));
    }

    private Mapping token(Mapping review) {
        var found = tokens.find(
                review.text("spec", "token").orElse(""), realm.tasks().now());
        var status = found.map(user -> Mapping.builder()
                        .put("authenticated", Value.TRUE)
                        .put("user", user.info())
                        .build())
                .orElseGet(() -> Mapping.builder()
                        .put("user", Mapping.EMPTY)
                        .put("error", "the token is not known")
                        .build());
        return review.without("metadata")
                .with("metadata", Mapping.EMPTY)
                .with("spec", Mapping.EMPTY)
                .with("status", status);
    }
}
