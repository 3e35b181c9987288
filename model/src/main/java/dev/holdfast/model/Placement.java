package dev.holdfast.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// One app on one target, with everything that decides what it does: the plain value that the engine, the runtime
/// and agents share.
public record Placement(
        PlacementKey key,
        Ownership ownership,
        Identity identity,
        List<Source> sources,
        Destination destination,
        Policy policy,
        Requests requests) {

    public Placement {
        sources = List.copyOf(sources);
    }

    /// The App resource behind the placement. `deletedAt` is its deletionTimestamp; `ending` says whether there is
    /// more to its end than that.
    public record Identity(String appUid, long generation, Optional<Instant> deletedAt, Ending ending) {}

    public enum Ending {
        NONE,
        /// The App's namespace terminates: what it owns is orphaned, never deleted.
        NAMESPACE,
        /// Our definition terminates: the same.
        DEFINITION,
        /// The App no longer has this target: what it owns there is held until a person says a word.
        UNMATCHED,
        /// The App is deleted, and nobody can read what it says: what it owns is orphaned.
        UNREADABLE
    }

    /// One Git source. `name` is `source-<n>` where the app gives none; `path` is "" for the root.
    public record Source(String name, String url, Optional<String> ref, String path, Rendering rendering) {}

    /// How a source's path becomes manifests.
    public sealed interface Rendering permits Detected, Plain, Kustomize {
        Rendering DETECTED = new Detected();
    }

    /// As the files there say.
    public record Detected() implements Rendering {}

    /// Options of plain rendering. Empty include: every manifest file.
    public record Plain(List<String> include, List<String> exclude, Optional<Boolean> recurse) implements Rendering {
        public static final Plain EVERYTHING = new Plain(List.of(), List.of(), Optional.empty());

        public Plain {
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }
    }

    /// Options of Kustomize rendering. `changes` holds fields of a kustomization (namespace, namePrefix,
    /// nameSuffix, patches, images, components) that are set in, or added to, the one at the path; `generate`:
    /// where there is none, one is made of all manifests below; `missingComponents`: whether components that do
    /// not exist are left out.
    public record Kustomize(Mapping changes, boolean generate, MissingComponents missingComponents)
            implements Rendering {}

    public enum MissingComponents {
        REFUSE,
        IGNORE
    }

    /// Where objects go: `namespace` is the default for objects that name none (or moves all). Labels and
    /// annotations are added to every object.
    public record Destination(
            String cluster,
            String namespace,
            NamespaceMode namespaceMode,
            boolean createNamespace,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations) {}

    public enum NamespaceMode {
        DEFAULT,
        OVERRIDE
    }

    public record Policy(
            Mode mode,
            boolean prune,
            Drift drift,
            Adoption adoption,
            OnDelete onDelete,
            Validation validation,
            Duration timeout,
            Retry retry,
            Guard guard,
            List<Ignore> ignore,
            Optional<String> runAs,
            Duration interval,
            int history,
            boolean suspended) {
        public Policy {
            ignore = List.copyOf(ignore);
        }
    }

    public enum Mode {
        AUTOMATIC,
        MANUAL
    }

    public enum Drift {
        HEAL,
        REPORT,
        IGNORE
    }

    public enum OnDelete {
        DELETE,
        ORPHAN
    }

    public enum Validation {
        LOCAL,
        SERVER
    }

    public sealed interface Adoption {
        record Never() implements Adoption {}

        /// Objects without another tool's or another app's marker.
        record Unmanaged() implements Adoption {}

        /// Objects of these tools, too: kubectl, argo, flux, helm, fleet.
        record From(List<String> tools) implements Adoption {}
    }

    public record Retry(int limit, Duration initial, double factor, Duration max) {
        public static final Retry DEFAULT = new Retry(5, Duration.ofSeconds(5), 2, Duration.ofMinutes(3));
    }

    /// More deletes than max(count, percent of what is owned) wait for a confirmation, and any of these kinds.
    public record Guard(int count, int percent, List<String> confirm) {
        public static final Guard DEFAULT =
                new Guard(5, 20, List.of("Namespace", "CustomResourceDefinition", "PersistentVolumeClaim"));
    }

    /// Fields of a kind that are ours only at creation. `paths` are field paths with list keys, or JSON pointers.
    public record Ignore(String kind, Optional<String> name, List<String> paths) {}

    /// What a person asked for by annotation: `sync` is a token that changes with every request, `confirm` the
    /// digest of a plan.
    public record Requests(Optional<String> sync, Optional<String> confirm) {
        public static final Requests NONE = new Requests(Optional.empty(), Optional.empty());
    }
}
