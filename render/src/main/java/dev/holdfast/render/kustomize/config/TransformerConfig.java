package dev.holdfast.render.kustomize.config;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Origin;
import dev.holdfast.render.kustomize.resource.KindOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Which fields the transformers touch: the default table and what `configurations` and `crds` add to it.
public final class TransformerConfig {

    /// The sections of a configuration file, but for name references.
    public enum Section {
        NAME_PREFIX("namePrefix"),
        NAME_SUFFIX("nameSuffix"),
        NAMESPACE("namespace"),
        COMMON_LABELS("commonLabels"),
        LABELS("labels"),
        TEMPLATE_LABELS("templateLabels"),
        VOLUME_CLAIM_TEMPLATE_LABELS("volumeClaimTemplateLabels"),
        COMMON_ANNOTATIONS("commonAnnotations"),
        VAR_REFERENCE("varReference"),
        IMAGES("images"),
        REPLICAS("replicas");

        private final String field;

        Section(String field) {
            this.field = field;
        }

        String field() {
            return field;
        }
    }

    public static final TransformerConfig EMPTY = new TransformerConfig(Map.of(), List.of());
    public static final TransformerConfig DEFAULT = EMPTY.merged(DefaultFields.config(), Origin.NONE);

    private final Map<Section, List<FieldSpec>> fields;
    private final List<NameReference> references;

    TransformerConfig(Map<Section, List<FieldSpec>> fields, List<NameReference> references) {
        this.fields = new EnumMap<>(Section.class);
        fields.forEach((section, list) -> this.fields.put(section, sorted(list, FieldSpec::gvk)));
        this.references = sorted(references, NameReference::target);
    }

    private static <T> List<T> sorted(List<T> list, Function<T, Gvk> kind) {
        var sorted = new ArrayList<>(list);
        sorted.sort(Comparator.comparing(kind, KindOrder.LEGACY.comparator()));
        return List.copyOf(sorted);
    }

    public List<FieldSpec> fields(Section section) {
        return fields.getOrDefault(section, List.of());
    }

    public List<NameReference> references() {
        return references;
    }

    private boolean isEmpty() {
        return fields.isEmpty() && references.isEmpty();
    }

    /// This one with what another adds. A specification of one kind hides one of any kind that comes later; so the
    /// order counts, and is that of kinds.
    /// @param place where the other was asked for
    public TransformerConfig with(TransformerConfig more, Origin place) {
        if (more.isEmpty() || more == this) return this;
        // everything that is not empty holds the default fields
        if (more == DEFAULT) return isEmpty() ? DEFAULT : this;
        return merged(more, place);
    }

    private TransformerConfig merged(TransformerConfig more, Origin place) {
        var merged = new EnumMap<Section, List<FieldSpec>>(Section.class);
        for (var section : Section.values()) {
            var list = FieldSpec.merged(fields(section), more.fields(section), place);
            if (!list.isEmpty()) merged.put(section, list);
        }
        return new TransformerConfig(merged, NameReference.merged(references, more.references, place));
    }
}
