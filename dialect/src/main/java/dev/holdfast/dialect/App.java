package dev.holdfast.dialect;

import dev.holdfast.model.AppName;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Placement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An App resource as the cluster holds it: readable, or not.
public sealed interface App {

    Metadata metadata();

    default AppName name() {
        return metadata().name();
    }

    /// `status` is what the resource says now, for comparing before a write.
    record Metadata(
            AppName name,
            String uid,
            String resourceVersion,
            long generation,
            Optional<Instant> deletedAt,
            List<String> finalizers,
            Mapping status) {
        public Metadata {
            finalizers = List.copyOf(finalizers);
        }
    }

    record Readable(Metadata metadata, List<Placement> placements) implements App {
        public Readable {
            placements = List.copyOf(placements);
        }
    }

    /// `policy` is what of it can be read all the same, for the end of such an App: whose rights it writes with, and
    /// whether it is suspended; `requests` is what a person asks for.
    record Unreadable(Metadata metadata, Fault fault, Placement.Policy policy, Placement.Requests requests)
            implements App {}
}
