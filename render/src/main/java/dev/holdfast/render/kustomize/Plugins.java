package dev.holdfast.render.kustomize;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.config.FieldSpec;
import dev.holdfast.render.kustomize.generate.DataGenerator;
import dev.holdfast.render.kustomize.generate.Generator;
import dev.holdfast.render.kustomize.generate.IamPolicy;
import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.resource.ResId;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.transform.Fieldwise;
import dev.holdfast.render.kustomize.transform.Hashes;
import dev.holdfast.render.kustomize.transform.Images;
import dev.holdfast.render.kustomize.transform.Names;
import dev.holdfast.render.kustomize.transform.Namespaces;
import dev.holdfast.render.kustomize.transform.Patches;
import dev.holdfast.render.kustomize.transform.Replacements;
import dev.holdfast.render.kustomize.transform.Selectors;
import dev.holdfast.render.kustomize.transform.Transformer;
import dev.holdfast.render.kustomize.transform.ValueAdd;
import dev.holdfast.render.kustomize.transform.Workshop;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.render.kustomize.tree.Values;
import java.util.List;

/// The built-in plugins as objects of their own: `apiVersion: builtin`, the kind, and settings. They know no default
/// fields; what is not configured is not touched. Anything else would be a program to run, and is refused.
final class Plugins {

    private final Workshop workshop;

    Plugins(Workshop workshop) {
        this.workshop = workshop;
    }

    static FaultException noHelm(Origin place) {
        return Refusal.at(
                place,
                "helm charts in a kustomization (helmCharts) are not rendered by this version",
                "Commit the rendered chart as a resource");
    }

    private static Fields settings(Resource plugin) {
        if (!plugin.apiVersion().equals("builtin")) {
            throw Refusal.at(
                    plugin.origin(),
                    "external plugins disabled; unable to load external plugin '" + plugin.kind() + "'",
                    "Programs and containers are never run; use the built-in plugins");
        }
        return new Fields(Values.mapping(plugin.node()));
    }

    private static FaultException unknown(Resource plugin, String role) {
        return Refusal.at(
                plugin.origin(), "unable to load builtin " + ResId.words(plugin.gvk()) + ": there is no such " + role);
    }

    Generator generator(Resource plugin) {
        var settings = settings(plugin);
        var loader = workshop.loader();
        var resources = workshop.resources();
        return switch (plugin.kind()) {
            case "ConfigMapGenerator" ->
                new DataGenerator(
                        DataGenerator.Kind.CONFIG_MAP, DataGenerator.named(settings), Fields.NONE, loader, resources);
            case "SecretGenerator" ->
                new DataGenerator(
                        DataGenerator.Kind.SECRET, DataGenerator.named(settings), Fields.NONE, loader, resources);
            case "IAMPolicyGenerator" -> new IamPolicy(settings, resources);
            case "HelmChartInflationGenerator" -> throw noHelm(plugin.origin());
            default -> throw unknown(plugin, "generator");
        };
    }

    Transformer transformer(Resource plugin) {
        var settings = settings(plugin);
        var patches = new Patches(workshop);
        return switch (plugin.kind()) {
            case "AnnotationsTransformer" ->
                Fieldwise.entries(settings.textMap("annotations"), fields(settings), "AnnotationsTransformer");
            case "LabelTransformer" ->
                Fieldwise.entries(settings.textMap("labels"), fields(settings), "LabelTransformer");
            case "HashTransformer" -> new Hashes();
            case "ImageTagTransformer" -> new Images(settings.objectOrNone("imageTag"), fields(settings));
            case "NamespaceTransformer" -> namespaces(settings);
            case "PatchJson6902Transformer" -> patches.json(settings);
            case "PatchStrategicMergeTransformer" ->
                patches.strategic(settings.texts("paths"), text(settings, "patches"));
            case "PatchTransformer" -> patches.any(settings);
            case "PrefixTransformer" -> Names.prefix(text(settings, "prefix"), required(settings));
            case "SuffixTransformer" -> Names.suffix(text(settings, "suffix"), required(settings));
            case "PrefixSuffixTransformer" -> both(settings);
            case "ReplacementTransformer" -> new Replacements(settings.objects("replacements"), workshop);
            case "ReplicaCountTransformer" -> {
                var replica = settings.objectOrNone("replica");
                yield Fieldwise.replicas(
                        replica.text("name"), replica.whole("count"), fields(settings), settings.origin());
            }
            case "ValueAddTransformer" -> new ValueAdd(settings, workshop);
            default -> throw unknown(plugin, "transformer");
        };
    }

    private static Value.Text text(Fields settings, String field) {
        return new Value.Text(settings.text(field), settings.origin(field));
    }

    private static List<FieldSpec> fields(Fields settings) {
        return Selectors.fieldSpecs(settings, "fieldSpecs");
    }

    private static List<FieldSpec> required(Fields settings) {
        if (settings.has("fieldSpecs")) return fields(settings);
        throw Refusal.at(settings.origin(), "fieldSpecs is not expected to be nil");
    }

    private static Transformer both(Fields settings) {
        var prefix = Names.prefix(text(settings, "prefix"), required(settings));
        var suffix = Names.suffix(text(settings, "suffix"), required(settings));
        return (ResourceList list) -> {
            prefix.transform(list);
            suffix.transform(list);
        };
    }

    private static Transformer namespaces(Fields settings) {
        var mode = settings.text("setRoleBindingSubjects");
        var subjects =
                switch (mode) {
                    case "", "defaultOnly" -> Namespaces.Subjects.DEFAULT_ONLY;
                    case "allServiceAccounts" -> Namespaces.Subjects.ALL_SERVICE_ACCOUNTS;
                    case "none" -> Namespaces.Subjects.NONE;
                    default ->
                        throw Refusal.at(
                                settings.origin("setRoleBindingSubjects"),
                                "invalid value \"" + mode + "\" for setRoleBindingSubjects: must be one of"
                                        + " \"defaultOnly\", \"none\" or \"allServiceAccounts\"");
                };
        var existing = settings.isTrue("unsetOnly") ? Namespaces.Existing.KEPT : Namespaces.Existing.REPLACED;
        return new Namespaces(
                text(settings.objectOrNone("metadata"), "namespace"), fields(settings), subjects, existing);
    }
}
