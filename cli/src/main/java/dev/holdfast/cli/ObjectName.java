package dev.holdfast.cli;

import dev.holdfast.model.Ref;
import java.util.Locale;
import java.util.Optional;

/// An object as people name it: `deployment/web`, `deployment.apps/web`, or with its namespace
/// `shop/deployment/web`.
record ObjectName(Optional<String> namespace, String kind, Optional<String> group, String name) {

    /// Empty where the text is not of this form.
    static Optional<ObjectName> parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3) return Optional.empty();
        for (var part : parts) if (part.isEmpty()) return Optional.empty();
        var kind = parts[parts.length - 2];
        int dot = kind.indexOf('.');
        return Optional.of(new ObjectName(
                parts.length == 3 ? Optional.of(parts[0]) : Optional.empty(),
                dot < 0 ? kind : kind.substring(0, dot),
                dot < 0 ? Optional.empty() : Optional.of(kind.substring(dot + 1)),
                parts[parts.length - 1]));
    }

    boolean names(Ref ref) {
        var asked = kind.toLowerCase(Locale.ROOT);
        var own = ref.kind().toLowerCase(Locale.ROOT);
        boolean kinds = asked.equals(own) || asked.equals(own + "s") || asked.equals(own + "es");
        return kinds
                && name.equals(ref.name())
                && group.filter(given -> !given.equals(ref.group())).isEmpty()
                && namespace.filter(given -> !given.equals(ref.namespace())).isEmpty();
    }
}
