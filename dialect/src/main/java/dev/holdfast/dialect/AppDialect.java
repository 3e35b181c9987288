package dev.holdfast.dialect;

import dev.holdfast.model.AppName;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ownership;
import dev.holdfast.model.Placement;
import dev.holdfast.model.PlacementKey;
import dev.holdfast.model.UsualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads `App` resources into placements: a total function. What it can't read, it says in words.
public final class AppDialect {

    public static final String GROUP = "holdfast.dev";
    public static final String VERSION = "v1alpha1";
    public static final String KIND = "App";
    public static final String PLURAL = "holdfastapps";
    public static final String FINALIZER = "holdfast.dev/app";
    public static final String SYNC_ANNOTATION = "holdfast.dev/sync";
    public static final String CONFIRM_ANNOTATION = "holdfast.dev/confirm";

    private AppDialect() {}

    /// @param installation the name of this Holdfast
    /// @param ending whether the App's namespace, or our definition, is itself being deleted
    public static App read(Mapping resource, String installation, Placement.Ending ending) {
        var metadata = metadata(resource);
        var problems = ShapeCheck.problems(resource.mapping("spec"), AppShape.SPEC, "spec");
        if (problems.isEmpty()) problems = meaning(resource.mapping("spec"));
        if (!problems.isEmpty()) {
            return new App.Unreadable(
                    metadata,
                    Fault.terminal(
                            "InvalidSpec",
                            String.join("; ", problems),
                            "Mend the App " + metadata.name() + "; its fields are in docs/reference/app.md"),
                    PolicyReader.legible(resource.mapping("spec")),
                    requests(resource));
        }
        return new App.Readable(metadata, placements(resource, metadata, installation, ending));
    }

    /// What shapes can't say.
    private static List<String> meaning(Mapping spec) {
        var problems = new ArrayList<String>();
        if (spec.sequence("sources").isEmpty()) problems.add("spec.sources names no source");
        var names = new TreeSet<String>();
        for (var source : spec.sequence("sources").mappings()) {
            source.text("name")
                    .filter(name -> !names.add(name))
                    .ifPresent(name -> problems.add("spec.sources has two sources named " + name));
        }
        for (var source : spec.sequence("sources").mappings()) {
            if (source.has("plain") && source.has("kustomize")) {
                problems.add("a source of spec.sources has both plain and kustomize");
            }
        }
        var targets = spec.sequence("targets").mappings();
        var targetNames = new TreeSet<String>();
        for (var target : targets) {
            if (targets.size() > 1 && target.text("name").isEmpty()) {
                problems.add("spec.targets[].name is required where there is more than one target");
            } else if (!targetNames.add(target.text("name").orElse("here"))) {
                problems.add("spec.targets has two targets named "
                        + target.text("name").orElse("here"));
            }
        }
        return problems;
    }

    private static List<Placement> placements(
            Mapping resource, App.Metadata metadata, String installation, Placement.Ending ending) {
        var spec = resource.mapping("spec");
        var targets = spec.sequence("targets").mappings();
        var placements = new ArrayList<Placement>();
        for (var target : targets.isEmpty() ? List.of(Mapping.EMPTY) : targets) {
            var destination = destination(spec, target, metadata.name());
            var key = new PlacementKey(
                    installation, metadata.name(), target.text("name").orElse("here"), destination.cluster());
            placements.add(new Placement(
                    key,
                    Ownership.of(key),
                    new Placement.Identity(metadata.uid(), metadata.generation(), metadata.deletedAt(), ending),
                    sources(spec),
                    destination,
                    PolicyReader.read(spec),
                    requests(resource)));
        }
        return placements;
    }

    private static List<Placement.Source> sources(Mapping spec) {
        var sources = new ArrayList<Placement.Source>();
        for (var source : spec.sequence("sources").mappings()) {
            sources.add(new Placement.Source(
                    source.text("name").orElse("source-" + (sources.size() + 1)),
                    source.text("git").orElseThrow(),
                    source.text("ref"),
                    trimmed(source.text("path").orElse("")),
                    RenderingReader.read(source)));
        }
        return sources;
    }

    /// Without `./`, leading and trailing slashes; `.` is the root.
    private static String trimmed(String path) {
        var text = path;
        while (text.startsWith("./")) text = text.substring(2);
        while (text.startsWith("/")) text = text.substring(1);
        while (text.endsWith("/")) text = text.substring(0, text.length() - 1);
        return text.equals(".") ? "" : text;
    }

    private static Placement.Destination destination(Mapping spec, Mapping target, AppName app) {
        var mode = target.text("namespaceMode").orElse("default").equals("override")
                ? Placement.NamespaceMode.OVERRIDE
                : Placement.NamespaceMode.DEFAULT;
        return new Placement.Destination(
                target.text("cluster").orElse("in-cluster"),
                target.text("namespace").orElse(app.namespace()),
                mode,
                target.bool("createNamespace").orElse(false),
                new TreeMap<>(spec.mapping("metadata", "labels").texts()),
                new TreeMap<>(spec.mapping("metadata", "annotations").texts()));
    }

    private static Placement.Requests requests(Mapping resource) {
        var annotations = resource.mapping("metadata", "annotations");
        return new Placement.Requests(annotations.text(SYNC_ANNOTATION), annotations.text(CONFIRM_ANNOTATION));
    }

    private static App.Metadata metadata(Mapping resource) {
        return new App.Metadata(
                new AppName(
                        resource.text("metadata", "namespace").orElse(""),
                        resource.text("metadata", "name").orElse("")),
                resource.text("metadata", "uid").orElse(""),
                resource.text("metadata", "resourceVersion").orElse(""),
                resource.whole("metadata", "generation").orElse(0L),
                resource.text("metadata", "deletionTimestamp")
                        .map(text -> UsualTime.read(text).orElse(Instant.EPOCH)),
                PolicyReader.texts(resource.sequence("metadata", "finalizers")),
                resource.mapping("status"));
    }

    static Duration duration(Mapping from, String field, Duration fallback) {
        return from.text(field).flatMap(Durations::parse).orElse(fallback);
    }
}
