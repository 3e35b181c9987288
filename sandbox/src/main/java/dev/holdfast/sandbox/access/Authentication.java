package dev.holdfast.sandbox.access;

import dev.holdfast.port.Tasks;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.request.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds out who asks: by bearer token, and as whom, by impersonation headers.
public final class Authentication {

    private static final String EXTRA = "impersonate-extra-";

    private final Tokens tokens;
    private final Rights rights;
    private final Tasks tasks;

    public Authentication(Tokens tokens, Rights rights, Tasks tasks) {
        this.tokens = tokens;
        this.rights = rights;
        this.tasks = tasks;
    }

    /// Who came through a door that knows nobody.
    public User byToken(Call call) {
        var header = call.header("Authorization");
        if (header.isEmpty()) return User.ANONYMOUS;
        var text = header.get().strip();
        if (!text.regionMatches(true, 0, "Bearer ", 0, 7)) throw Refusal.unauthorized();
        return tokens.find(text.substring(7).strip(), tasks.now()).orElseThrow(Refusal::unauthorized);
    }

    /// Who the request is made as in the end; impersonating takes a right of its own for every part.
    public User impersonated(User user, Call call) {
        var name = call.header("Impersonate-User").orElse("");
        var groups = call.headers("Impersonate-Group");
        var uid = call.header("Impersonate-Uid").orElse("");
        var extra = extra(call);
        if (name.isEmpty()) {
            if (groups.isEmpty() && uid.isEmpty() && extra.isEmpty()) return user;
            throw Refusal.badRequest("requested impersonation without a user");
        }
        var account = User.accountParts(name);
        if (account.isEmpty()) {
            rights.check(user, Attributes.resource("impersonate", "", "users", "", name));
        } else {
            rights.check(
                    user,
                    Attributes.resource("impersonate", "", "serviceaccounts", account.getFirst(), account.getLast()));
        }
        for (var group : groups) rights.check(user, Attributes.resource("impersonate", "", "groups", "", group));
        var authentication = "authentication.k8s.io";
        if (!uid.isEmpty()) rights.check(user, Attributes.resource("impersonate", authentication, "uids", "", uid));
        extra.forEach((key, values) -> {
            for (var value : values) {
                rights.check(user, new Attributes("impersonate", authentication, "userextras", key, "", value, ""));
            }
        });
        return new User(name, uid, groups(name, account, groups), extra);
    }

    private static List<String> groups(String name, List<String> account, List<String> given) {
        var groups = new ArrayList<>(given);
        if (given.isEmpty() && !account.isEmpty()) groups.addAll(User.accountGroups(account.getFirst()));
        boolean unknown = name.equals(User.ANONYMOUS.name()) || groups.contains("system:unauthenticated");
        if (!unknown && !groups.contains(User.AUTHENTICATED)) groups.add(User.AUTHENTICATED);
        return groups;
    }

    private static Map<String, List<String>> extra(Call call) {
        var extra = new LinkedHashMap<String, List<String>>();
        for (var header : call.headers()) {
            var name = header.name().toLowerCase(Locale.ROOT);
            if (name.startsWith(EXTRA)) {
                extra.computeIfAbsent(name.substring(EXTRA.length()), _ -> new ArrayList<>())
                        .add(header.value());
            }
        }
        return extra;
    }
}
