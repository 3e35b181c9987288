package dev.holdfast.sandbox.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.access.Tokens;
import dev.holdfast.sandbox.access.User;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.write.Bodies;
import dev.holdfast.sandbox.write.Target;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Issues bearer tokens for service accounts.
final class Issued {

    private static final long SHORTEST = 600;
    private static final long LONGEST = 366L * 24 * 3_600;
    private static final long USUAL = 3_600;

    private final Realm realm;
    private final Tokens tokens;

    Issued(Realm realm, Tokens tokens) {
        this.realm = realm;
        this.tokens = tokens;
    }

    private static Refusal refusal(long asked, String why) {
        return Refusal.invalid(
                new Refusal.Subject("", "authentication.k8s.io", "TokenRequest"),
                List.of(new Refusal.Cause(
                        "FieldValueInvalid", "Invalid value: " + asked + ": " + why, "spec.expirationSeconds")));
    }

    Mapping token(Call call, Target account) {
        var request = call.body().length == 0
                ? Mapping.EMPTY
                : Bodies.parse(call, "TokenRequest").object();
        long asked = request.whole("spec", "expirationSeconds").orElse(USUAL);
        if (asked < SHORTEST) throw refusal(asked, "may not specify a duration less than 10 minutes");
        if (asked > 1L << 32) throw refusal(asked, "may not specify a duration larger than 2^32 seconds");
        long seconds = Math.min(asked, LONGEST);
        var expires = realm.tasks().now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
        var item = realm.find(account.type(), account.namespace(), account.name());
        var token = "sandbox-" + realm.chance().token();
        var uid = item == null ? "" : item.uid();
        tokens.issue(token, User.serviceAccount(account.namespace(), account.name(), uid), expires);
        return Mapping.builder()
                .put("kind", "TokenRequest")
                .put("apiVersion", "authentication.k8s.io/v1")
                .put(
                        "metadata",
                        Mapping.builder()
                                .put("name", account.name())
                                .put("namespace", account.namespace())
                                .put("creationTimestamp", realm.timestamp())
                                .build())
                .put("spec", request.mapping("spec").with("expirationSeconds", Value.of(seconds)))
                .put(
                        "status",
                        Mapping.builder()
                                .put("token", token)
                                .put("expirationTimestamp", expires.toString())
                                .build())
                .build();
    }
}
