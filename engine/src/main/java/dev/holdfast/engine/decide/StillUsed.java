package dev.holdfast.engine.decide;

import dev.holdfast.engine.desired.DesiredSet;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Ref;
import java.util.Optional;

/// A Namespace or a CustomResourceDefinition that left Git while objects that need it are still there: deleting it
/// would delete them, and applying would fail.
final class StillUsed {

    private static final String DEFINITIONS = "apiextensions.k8s.io";

    private StillUsed() {}

    static Optional<Fault> by(Ref leaving, DesiredSet set) {
        return set.objects().stream()
                .map(object -> object.ref())
                .filter(ref -> needs(ref, leaving))
                .findFirst()
                .map(user -> Fault.terminal(
                                "StillUsed",
                                "%s left Git, but %s of the same app needs it".formatted(leaving.words(), user.words()),
                                "Put it back, or remove what needs it, too")
                        .about(leaving));
    }

    private static boolean needs(Ref user, Ref leaving) {
        if (leaving.group().isEmpty() && leaving.kind().equals("Namespace")) {
            return user.namespace().equals(leaving.name());
        }
        // a definition is named <plural>.<group>
        return leaving.group().equals(DEFINITIONS)
                && leaving.kind().equals("CustomResourceDefinition")
                && !user.group().isEmpty()
                && leaving.name().endsWith("." + user.group())
                && leaving.name().startsWith(user.kind().toLowerCase(java.util.Locale.ROOT));
    }
}
