package dev.holdfast.render.kustomize.load;

import static dev.holdfast.render.kustomize.load.Shape.Plain.ANYTHING;
import static dev.holdfast.render.kustomize.load.Shape.Plain.NUMBER;
import static dev.holdfast.render.kustomize.load.Shape.Plain.TEXT;
import static dev.holdfast.render.kustomize.load.Shape.Plain.TEXTS;
import static dev.holdfast.render.kustomize.load.Shape.Plain.TRUTH;
import static dev.holdfast.render.kustomize.load.Shape.list;
import static dev.holdfast.render.kustomize.load.Shape.texts;

import dev.holdfast.render.kustomize.load.Shape.Structure;
import java.util.Map;

/// Every field of a Kustomization or Component.
final class KustomizationShape {

    private static final Shape TEXT_LIST = list(TEXT);
    private static final Structure GVK = texts("group", "version", "kind");
    private static final Structure RES_ID = GVK.with(texts("name", "namespace"));
    private static final Structure SELECTOR = RES_ID.with(texts("labelSelector", "annotationSelector"));
    private static final Structure FIELD_SPEC = GVK.with("path", TEXT).with("create", TRUTH);
    private static final Structure OPTIONS =
            texts("delimiter", "encoding").with("index", NUMBER).with("create", TRUTH);

    private static final Structure GENERATOR_OPTIONS = new Structure(Map.of())
            .with("labels", TEXTS)
            .with("annotations", TEXTS)
            .with("disableNameSuffixHash", TRUTH)
            .with("immutable", TRUTH);

    private static final Structure CONFIG_MAP = texts("namespace", "name", "behavior", "env")
            .with("literals", TEXT_LIST)
            .with("files", TEXT_LIST)
            .with("envs", TEXT_LIST)
            .with("options", GENERATOR_OPTIONS);

    private static final Structure PATCH = texts("path", "patch")
            .with("target", SELECTOR)
            .with("options", texts().with("allowNameChange", TRUTH).with("allowKindChange", TRUTH));

    private static final Structure IMAGE = texts("name", "newName", "tagSuffix", "newTag", "digest");

    private static final Structure REPLACEMENT = texts("path", "sourceValue")
            .with("source", RES_ID.with("fieldPath", TEXT).with("options", OPTIONS))
            .with(
                    "targets",
                    list(texts().with("select", SELECTOR)
                            .with("reject", list(SELECTOR))
                            .with("fieldPaths", TEXT_LIST)
                            .with("options", OPTIONS)));

    private static final Structure HELM_CHART = texts(
                    "name", "version", "repo", "releaseName", "namespace", "valuesFile", "valuesMerge", "kubeVersion",
                    "nameTemplate")
            .with("additionalValuesFiles", TEXT_LIST)
            .with("valuesInline", ANYTHING)
            .with("includeCRDs", TRUTH)
            .with("skipHooks", TRUTH)
            .with("apiVersions", TEXT_LIST)
            .with("skipTests", TRUTH)
            .with("debug", TRUTH)
            .with("devel", TRUTH);

    private static final Structure HELM_INFLATION = texts(
                    "chartName", "chartVersion", "chartRepoUrl", "chartHome", "chartRepoName", "helmBin", "helmHome",
                    "values", "valuesMerge", "releaseName", "releaseNamespace")
            .with("valuesLocal", ANYTHING)
            .with("extraArgs", TEXT_LIST);

    static final Structure ALL = texts("apiVersion", "kind", "namePrefix", "nameSuffix", "namespace")
            .with("metadata", texts("name", "namespace").with("labels", TEXTS).with("annotations", TEXTS))
            .with("openapi", TEXTS)
            .with("commonLabels", TEXTS)
            .with(
                    "labels",
                    list(texts().with("pairs", TEXTS)
                            .with("includeSelectors", TRUTH)
                            .with("includeTemplates", TRUTH)
                            .with("includeVolumeClaimTemplates", TRUTH)
                            .with("fields", list(FIELD_SPEC))))
            .with("commonAnnotations", TEXTS)
            .with("patchesStrategicMerge", TEXT_LIST)
            .with("patchesJson6902", list(PATCH))
            .with("patches", list(PATCH))
            .with("images", list(IMAGE))
            .with("imageTags", list(IMAGE))
            .with("replacements", list(REPLACEMENT))
            .with("replicas", list(texts("name").with("count", NUMBER)))
            .with(
                    "vars",
                    list(texts("name")
                            .with("objref", RES_ID.with("apiVersion", TEXT))
                            .with("fieldref", texts("fieldPath"))))
            .with(
                    "sortOptions",
                    texts("order")
                            .with(
                                    "legacySortOptions",
                                    texts().with("orderFirst", TEXT_LIST).with("orderLast", TEXT_LIST)))
            .with("resources", TEXT_LIST)
            .with("components", TEXT_LIST)
            .with("crds", TEXT_LIST)
            .with("bases", TEXT_LIST)
            .with("configMapGenerator", list(CONFIG_MAP))
            .with("secretGenerator", list(CONFIG_MAP.with("type", TEXT)))
            .with("helmGlobals", texts("chartHome", "configHome"))
            .with("helmCharts", list(HELM_CHART))
            .with("helmChartInflationGenerator", list(HELM_INFLATION))
            .with("generatorOptions", GENERATOR_OPTIONS)
            .with("configurations", TEXT_LIST)
            .with("generators", TEXT_LIST)
            .with("transformers", TEXT_LIST)
            .with("validators", TEXT_LIST)
            .with("buildMetadata", TEXT_LIST);

    private KustomizationShape() {}
}
