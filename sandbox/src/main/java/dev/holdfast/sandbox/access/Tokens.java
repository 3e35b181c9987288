package dev.holdfast.sandbox.access;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The bearer tokens that are accepted, and whose they are.
public final class Tokens {

    private record Issued(User user, Instant expires) {}

    private final Map<String, Issued> issued = new ConcurrentHashMap<>();

    public void issue(String token, User user, Instant expires) {
        issued.put(token, new Issued(user, expires));
    }

    public void revoke(String token) {
        issued.remove(token);
    }

    public Optional<User> find(String token, Instant now) {
        var found = issued.get(token);
        if (found == null || !now.isBefore(found.expires())) return Optional.empty();
        return Optional.of(found.user());
    }
}
