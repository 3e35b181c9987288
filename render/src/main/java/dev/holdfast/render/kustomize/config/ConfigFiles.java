package dev.holdfast.render.kustomize.config;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.config.TransformerConfig.Section;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/// The files that `configurations` names.
public final class ConfigFiles {

    private static final String REFERENCES = "nameReference";
    private static final List<String> SPEC = List.of("group", "version", "kind", "path", "create");
    private static final List<String> REFERENCE = List.of("group", "version", "kind", "fieldSpecs");

    private ConfigFiles() {}

    /// @throws dev.holdfast.model.FaultException where a field is unknown or of the wrong type
    public static TransformerConfig parse(Value document) {
        if (!(document instanceof Mapping file)) {
            throw Refusal.at(document.origin(), "a transformer configuration is a map");
        }
        var fields = new EnumMap<Section, List<FieldSpec>>(Section.class);
        var references = new ArrayList<NameReference>();
        for (var field : file) {
            if (field.value().isNull()) continue;
            if (field.key().equals(REFERENCES)) {
                for (var item : list(field.value())) references.add(reference(item));
                continue;
            }
            fields.put(section(field), specs(field.value()));
        }
        return new TransformerConfig(fields, references);
    }

    private static Section section(Mapping.Field field) {
        for (var section : Section.values()) {
            if (section.field().equalsIgnoreCase(field.key())) return section;
        }
        throw Refusal.at(field.value().origin(), "error unmarshaling JSON: unknown field \"" + field.key() + "\"");
    }

    private static Sequence list(Value value) {
        if (value.isNull()) return Sequence.EMPTY;
        if (value instanceof Sequence list) return list;
        throw Refusal.at(value.origin(), "a list is expected here, not a " + value.typeName());
    }

    private static NameReference reference(Value item) {
        var settings = object(item, REFERENCE);
        return new NameReference(gvk(settings), specs(settings.find("fieldSpecs").orElse(Value.none())));
    }

    private static List<FieldSpec> specs(Value value) {
        var specs = new ArrayList<FieldSpec>();
        for (var item : list(value)) {
            var settings = object(item, SPEC);
            boolean create = settings.bool("create").orElse(false);
            specs.add(new FieldSpec(gvk(settings), settings.text("path").orElse(""), create));
        }
        return specs;
    }

    private static Mapping object(Value item, List<String> known) {
        if (!(item instanceof Mapping object)) {
            throw Refusal.at(item.origin(), "a map is expected here, not a " + item.typeName());
        }
        for (var field : object) {
            if (!known.contains(field.key())) {
                throw Refusal.at(
                        field.value().origin(), "error unmarshaling JSON: unknown field \"" + field.key() + "\"");
            }
        }
        return object;
    }

    private static Gvk gvk(Mapping settings) {
        return new Gvk(
                settings.text("group").orElse(""),
                settings.text("version").orElse(""),
                settings.text("kind").orElse(""));
    }
}
