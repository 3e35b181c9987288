package dev.holdfast.cli;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Secret;
import dev.holdfast.model.Value;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/// Hides the values of Kubernetes Secrets, and still shows that two of them differ: in place of each stands a mark
/// that is made with a key of this run only. It tells nothing to anybody afterwards, nor by comparison with another
/// object.
final class Masking {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final int KEY_BYTES = 32;
    private static final int DIGITS = 8;

    private final Secret key;

    private Masking(Secret key) {
        this.key = key;
    }

    static Masking ofThisRun() {
        return new Masking(randomKey());
    }

    static Secret randomKey() {
        var bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Secret.of(HexFormat.of().formatHex(bytes));
    }

    static boolean concerns(Ref ref) {
        return ref.group().isEmpty() && ref.kind().equals("Secret");
    }

    Mapping masked(Ref ref, Mapping object) {
        if (!concerns(ref)) return object;
        var shown = object;
        for (var field : List.of("data", "stringData")) {
            var values = shown.get(field);
            if (values instanceof Mapping map) {
                shown = shown.with(field, map.map((name, value) -> mark(ref, field + "/" + name, value)));
            } else if (values != null) shown = shown.with(field, mark(ref, field, values));
        }
        // kubectl writes the whole object there
        var applied = shown.mapping("metadata", "annotations").get(LAST_APPLIED);
        return applied == null
                ? shown
                : shown.with(List.of("metadata", "annotations", LAST_APPLIED), mark(ref, LAST_APPLIED, applied));
    }

    private Value mark(Ref ref, String field, Value value) {
        var named = Mapping.builder()
                .put("object", ref.marker())
                .put("field", field)
                .put("value", value)
                .build();
        return Value.of("****** (" + Digest.keyed(key, named).first(DIGITS) + ")");
    }
}
