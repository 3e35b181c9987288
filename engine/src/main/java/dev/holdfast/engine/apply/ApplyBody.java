package dev.holdfast.engine.apply;

import dev.holdfast.engine.live.PathValue;
import dev.holdfast.fields.FieldPath;
import dev.holdfast.model.DesiredObject;
import dev.holdfast.model.LiveObject;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.Optional;

/// The body of a server-side apply.
public final class ApplyBody {

    private ApplyBody() {}

    /// A new object is applied as it is desired. An object that exists is meant by its uid, and its ignored fields
    /// are sent with their live value while we alone own them (left out, the server would delete or default them:
    /// replicas would fall to 1), and left out as soon as another manager owns them, or nobody.
    public static Mapping of(DesiredObject desired, Optional<LiveObject> live) {
        if (live.isEmpty()) return desired.body();
        var body = desired.body();
        for (var ignored : live.get().hints().ignored().entrySet()) {
            var path = FieldPath.parse(ignored.getKey());
            var state = ignored.getValue();
            boolean oursAlone = state.ownedByUs() && !state.ownedByOthers();
            body = oursAlone && state.live().isPresent()
                    ? PathValue.with(body, path, state.live().get())
                    : PathValue.without(body, path);
        }
        return body.with(
                "metadata",
                body.mapping("metadata").with("uid", Value.of(live.get().uid())));
    }

    /// The same for a second, forced try: it must not overwrite what came in meanwhile.
    public static Mapping forced(Mapping body, String resourceVersion) {
        return body.with("metadata", body.mapping("metadata").with("resourceVersion", Value.of(resourceVersion)));
    }
}
