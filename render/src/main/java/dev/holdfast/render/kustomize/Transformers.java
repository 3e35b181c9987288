package dev.holdfast.render.kustomize;

import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.config.FieldSpec;
import dev.holdfast.render.kustomize.config.TransformerConfig;
import dev.holdfast.render.kustomize.config.TransformerConfig.Section;
import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.load.Kustomization;
import dev.holdfast.render.kustomize.transform.Fieldwise;
import dev.holdfast.render.kustomize.transform.Images;
import dev.holdfast.render.kustomize.transform.Names;
import dev.holdfast.render.kustomize.transform.Namespaces;
import dev.holdfast.render.kustomize.transform.Patches;
import dev.holdfast.render.kustomize.transform.Replacements;
import dev.holdfast.render.kustomize.transform.Selectors;
import dev.holdfast.render.kustomize.transform.Transformer;
import dev.holdfast.render.kustomize.transform.Workshop;
import java.util.ArrayList;
import java.util.List;

/// The transformers that a kustomization's own fields ask for, in the order in which Kustomize runs them.
final class Transformers {

    /// One of them, with the name of the plugin that it is.
    record Step(String plugin, Transformer transformer) {}

    private final Kustomization kustomization;
    private final Fields fields;
    private final TransformerConfig config;
    private final Workshop workshop;
    private final List<Step> steps = new ArrayList<>();

    Transformers(Kustomization kustomization, TransformerConfig config, Workshop workshop) {
        this.kustomization = kustomization;
        this.fields = kustomization.fields();
        this.config = config;
        this.workshop = workshop;
    }

    List<Step> all() {
        var patches = new Patches(workshop);
        if (!fields.texts("patchesStrategicMerge").isEmpty()) {
            var inline = new Value.Text("", fields.origin("patchesStrategicMerge"));
            add("PatchStrategicMergeTransformer", patches.strategic(fields.texts("patchesStrategicMerge"), inline));
        }
        for (var patch : fields.objects("patches")) add("PatchTransformer", patches.any(patch));
        var namespace = kustomization.text("namespace");
        if (namespace != null) {
            add(
                    "NamespaceTransformer",
                    new Namespaces(
                            namespace,
                            config.fields(Section.NAMESPACE),
                            Namespaces.Subjects.DEFAULT_ONLY,
                            Namespaces.Existing.REPLACED));
        }
        var prefix = kustomization.text("namePrefix");
        if (prefix != null) add("PrefixTransformer", Names.prefix(prefix, config.fields(Section.NAME_PREFIX)));
        var suffix = kustomization.text("nameSuffix");
        if (suffix != null) add("SuffixTransformer", Names.suffix(suffix, config.fields(Section.NAME_SUFFIX)));
        labels();
        var annotations = fields.textMap("commonAnnotations");
        if (!annotations.isEmpty()) {
            var where = config.fields(Section.COMMON_ANNOTATIONS);
            add("AnnotationsTransformer", Fieldwise.entries(annotations, where, "commonAnnotations"));
        }
        for (var patch : fields.objects("patchesJson6902")) add("PatchJson6902Transformer", patches.json(patch));
        for (var replica : fields.objects("replicas")) {
            var count = Fieldwise.replicas(
                    replica.text("name"), replica.whole("count"), config.fields(Section.REPLICAS), replica.origin());
            add("ReplicaCountTransformer", count);
        }
        for (var image : kustomization.images()) {
            add("ImageTagTransformer", new Images(image, config.fields(Section.IMAGES)));
        }
        var replacements = fields.objects("replacements");
        if (!replacements.isEmpty()) add("ReplacementTransformer", new Replacements(replacements, workshop));
        return steps;
    }

    private void add(String plugin, Transformer transformer) {
        steps.add(new Step(plugin, transformer));
    }

    private void labels() {
        var labels = fields.objects("labels");
        var common = fields.textMap("commonLabels");
        if (labels.isEmpty() && common.isEmpty()) return;
        for (var label : labels) {
            add("LabelTransformer", Fieldwise.entries(label.textMap("pairs"), labelFields(label), "labels"));
        }
        add("LabelTransformer", Fieldwise.entries(common, config.fields(Section.COMMON_LABELS), "commonLabels"));
    }

    private List<FieldSpec> labelFields(Fields label) {
        var place = label.origin();
        var where = FieldSpec.merged(Selectors.fieldSpecs(label, "fields"), config.fields(Section.LABELS), place);
        if (label.isTrue("includeSelectors")) {
            return FieldSpec.merged(where, config.fields(Section.COMMON_LABELS), place);
        }
        if (label.isTrue("includeTemplates")) {
            where = FieldSpec.merged(where, config.fields(Section.TEMPLATE_LABELS), place);
        }
        if (label.isTrue("includeVolumeClaimTemplates")) {
            where = FieldSpec.merged(where, config.fields(Section.VOLUME_CLAIM_TEMPLATE_LABELS), place);
        }
        return FieldSpec.merged(where, List.of(FieldSpec.created("metadata/labels")), place);
    }
}
