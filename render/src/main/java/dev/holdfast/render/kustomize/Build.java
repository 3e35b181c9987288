package dev.holdfast.render.kustomize;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Snapshot;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.config.FieldSpec;
import dev.holdfast.render.kustomize.config.TransformerConfig.Section;
import dev.holdfast.render.kustomize.load.Files;
import dev.holdfast.render.kustomize.load.Kustomization;
import dev.holdfast.render.kustomize.load.Loader.KustomizationFile;
import dev.holdfast.render.kustomize.load.Loader;
import dev.holdfast.render.kustomize.resource.Provenance;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.resource.Resources;
import dev.holdfast.render.kustomize.schema.Types;
import dev.holdfast.render.kustomize.transform.Fieldwise;
import dev.holdfast.render.kustomize.transform.Hashes;
import dev.holdfast.render.kustomize.transform.NameReferences;
import dev.holdfast.render.kustomize.transform.Ordering;
import dev.holdfast.render.kustomize.transform.Variables;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.render.kustomize.tree.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One build: what its kustomizations share, and what is done once all of them are through.
final class Build {

    private static final String LOCAL = "config.kubernetes.io/local-config";
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /// As kubectl and other programs that carry Kustomize as a library print it.
    private static final String VERSION = "kustomize-(devel)";

    private final KustomizeOptions options;
    private final Types types = new Types();
    private final Resources resources;
    private final Files files;

    Build(Snapshot snapshot, KustomizeOptions options) {
        this.options = options;
        this.resources = new Resources(types, options.limits().reading());
        this.files = new Files(snapshot, options.limits(), new Files.Count());
    }

    KustomizeOptions options() {
        return options;
    }

    Types types() {
        return types;
    }

    Resources resources() {
        return resources;
    }

    KustomizeResult run(String directory) {
        var restriction =
                switch (options.loading()) {
                    case ROOT_ONLY -> Loader.Restriction.ROOT_ONLY;
                    case ANYWHERE -> Loader.Restriction.NONE;
                };
        var loader = Loader.at(files, directory, restriction);
        var read = loader.kustomization(Origin.at(loader.root(), 1, 1));
        var file = new KustomizationFile(read.name(), options.overrides().applied(read.kustomization()));
        if (options.remotes() instanceof Remotes.Allowed allowed) {
            var needs = new RemoteScan(allowed).needs(loader, file.kustomization());
            if (!needs.isEmpty()) return new KustomizeResult.Needs(needs);
        }
        return new KustomizeResult.Built(objects(loader, file));
    }

    private List<Mapping> objects(Loader loader, KustomizationFile file) {
        var kustomization = file.kustomization();
        useTypes(loader, kustomization);
        var notes = OriginNotes.asked(kustomization);
        var accumulated = new Accumulated();
        new Target(this, loader, file, notes).accumulate(accumulated);
        var list = accumulated.resources();
        new Hashes().transform(list);
        new NameReferences(accumulated.config().references()).transform(list);
        new Variables(
                        accumulated.variables(),
                        accumulated.config().fields(Section.VAR_REFERENCE))
                .transform(list);
        list.keepOnly(resource -> {
            var local = resource.annotation(LOCAL);
            return !resource.isEmpty() && (local == null || local.equals("false"));
        });
        sort(kustomization, list);
        if (kustomization.asksForMetadata("managedByLabel")) {
            var label = Map.of(MANAGED_BY, new Value.Text(VERSION, kustomization.origin()));
            Fieldwise.entries(label, List.of(FieldSpec.created("metadata/labels")), "managedByLabel")
                    .transform(list);
        }
        tidy(kustomization, list);
        return printed(list);
    }

    private void sort(Kustomization kustomization, ResourceList list) {
        var sorting = kustomization.fields().object("sortOptions");
        if (sorting != null) {
            Ordering.of(sorting).transform(list);
            return;
        }
        switch (options.order()) {
            case AS_ADDED -> {}
            case LEGACY -> Ordering.legacy().transform(list);
        }
    }

    /// Takes away what only the build needed.
    private static void tidy(Kustomization kustomization, ResourceList list) {
        boolean keepsOrigin = kustomization.asksForMetadata("originAnnotations");
        boolean keepsTransformations = kustomization.asksForMetadata("transformerAnnotations");
        for (var resource : list.all()) {
            resource.removeBuildAnnotations();
            if (keepsOrigin && keepsTransformations) continue;
            var annotations = resource.annotations();
            if (!keepsOrigin) annotations.remove(Provenance.ORIGIN);
            if (!keepsTransformations) annotations.remove(Provenance.TRANSFORMATIONS);
            resource.setAnnotations(annotations);
        }
    }

    private List<Mapping> printed(ResourceList list) {
        var objects = new ArrayList<Mapping>(list.size());
        var metadata = options.overrides().metadata();
        for (var resource : list.all()) {
            var object = Values.mapping(resource.node());
            if (!metadata.labels().isEmpty()) object = with(object, "labels", metadata.labels());
            if (!metadata.annotations().isEmpty()) object = with(object, "annotations", metadata.annotations());
            objects.add(object);
        }
        return objects;
    }

    private static Mapping with(Mapping object, String field, Map<String, String> texts) {
        var all = new LinkedHashMap<String, Value>();
        for (var entry : object.mapping("metadata", field)) all.put(entry.key(), entry.value());
        new TreeMap<>(texts).forEach((key, text) -> all.put(key, Value.of(text)));
        return object.with(List.of("metadata", field), Mapping.of(all));
    }

    void useTypes(Loader loader, Kustomization kustomization) {
        var openapi = kustomization.fields().object("openapi");
        if (openapi == null) return;
        var path = openapi.get("path");
        Mapping document = null;
        if (path != null) {
            var settings = loader.settings(openapi.text("path"), path.origin());
            if (!(settings instanceof Mapping mapping)) throw Refusal.at(path.origin(), "invalid schema file: no map");
            document = mapping;
        }
        types.use(openapi.mapping(), document, openapi.origin());
    }

    void refuseTooMany(ResourceList list, Origin place) {
        if (list.size() <= options.limits().objects()) return;
        throw new FaultException(Fault.at(
                place,
                "TooLarge",
                "there are more than " + options.limits().objects() + " objects",
                "Split the application"));
    }
}
