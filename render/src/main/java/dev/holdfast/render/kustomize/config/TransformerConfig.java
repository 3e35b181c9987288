package dev.holdfast.render.kustomize.config;

import dev.holdfast.model.Origin;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
    public static final TransformerConfig DEFAULT = DefaultFields.config();

    private final Map<Section, List<FieldSpec>> fields;
    private final List<NameReference> references;

    TransformerConfig(Map<Section, List<FieldSpec>> fields, List<NameReference> references) {
        this.fields = fields;
        this.references = references;
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

    /// This one with what another adds.
    /// @param place where the other was asked for
    public TransformerConfig with(TransformerConfig more, Origin place) {
        if (more.isEmpty() || more == this || more == DEFAULT && !isEmpty()) return this;
        if (isEmpty()) return more;
        var merged = new EnumMap<Section, List<FieldSpec>>(Section.class);
        for (var section : Section.values()) {
            var list = FieldSpec.merged(fields(section), more.fields(section), place);
            if (!list.isEmpty()) merged.put(section, list);
        }
        return new TransformerConfig(merged, NameReference.merged(references, more.references, place));
    }
}
