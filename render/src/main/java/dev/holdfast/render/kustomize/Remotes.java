package dev.holdfast.render.kustomize;

import dev.holdfast.model.Snapshot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Whether a build may rest on other repositories, and what was fetched of them.
public sealed interface Remotes {

    /// A remote base is a fault.
    record Refused() implements Remotes {}

    /// A remote base that is not here is a need. By address: whole repositories, and files.
    record Allowed(Map<String, Snapshot> repositories, Map<String, byte[]> files) implements Remotes {
        public Allowed {
            repositories = Collections.unmodifiableMap(new LinkedHashMap<>(repositories));
            files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        }
    }

    Remotes REFUSED = new Refused();
}
