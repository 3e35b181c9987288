package dev.holdfast.dialect;

import static dev.holdfast.dialect.Shape.optional;
import static dev.holdfast.dialect.Shape.required;

import java.util.List;

/// Every field of `App.spec`, with what it means and what holds where it is absent.
final class AppShape {

    private AppShape() {}

    static final List<String> TOOLS = List.of("kubectl", "argo", "flux", "helm", "fleet");

    private static final Shape.Struct PLAIN = new Shape.Struct(List.of(
            optional("include", new Shape.Texts(), "every .yaml, .yml and .json file", "Globs of files to read."),
            optional("exclude", new Shape.Texts(), "none", "Globs of files to leave out."),
            optional("recurse", new Shape.Flag(), "true", "Whether directories below the path are read, too.")));

    private static final Shape.Struct PATCH_TARGET = new Shape.Struct(List.of(
            optional("group", new Shape.Text(), "any", "API group, a regular expression as all of these."),
            optional("version", new Shape.Text(), "any", "API version."),
            optional("kind", new Shape.Text(), "any", "Kind."),
            optional("name", new Shape.Text(), "any", "Name."),
            optional("namespace", new Shape.Text(), "any", "Namespace."),
            optional("labelSelector", new Shape.Text(), "any", "Labels, as kubectl -l takes them."),
            optional("annotationSelector", new Shape.Text(), "any", "Annotations, in the same form.")));

    private static final Shape.Struct PATCH = new Shape.Struct(List.of(
            optional(
                    "patch", new Shape.Text(), "path", "The patch itself: a strategic merge or a JSON patch, as text."),
            optional("path", new Shape.Text(), "patch", "A file with the patch, relative to the source's path."),
            optional("target", PATCH_TARGET, "the object that the patch names", "Which objects are patched."),
            optional(
                    "options",
                    new Shape.Struct(List.of(
                            optional("allowNameChange", new Shape.Flag(), "false", "Whether it may rename objects."),
                            optional("allowKindChange", new Shape.Flag(), "false", "Whether it may change kinds."))),
                    "none",
                    "What else the patch may change.")));

    private static final Shape.Struct IMAGE = new Shape.Struct(List.of(
            required("name", new Shape.Text(), "The image's name as the manifests have it."),
            optional("newName", new Shape.Text(), "unchanged", "Another name."),
            optional("newTag", new Shape.Text(), "unchanged", "Another tag."),
            optional("digest", new Shape.Text(), "unchanged", "A digest in place of the tag.")));

    private static final Shape.Struct KUSTOMIZE = new Shape.Struct(List.of(
            optional("namespace", new Shape.Text(), "the kustomization's", "Sets the kustomization's namespace."),
            optional("namePrefix", new Shape.Text(), "the kustomization's", "Sets its namePrefix."),
            optional("nameSuffix", new Shape.Text(), "the kustomization's", "Sets its nameSuffix."),
            optional("patches", new Shape.ListOf(PATCH), "none", "Patches added after its own."),
            optional("images", new Shape.ListOf(IMAGE), "none", "Images set in its images, by name."),
            optional("components", new Shape.Texts(), "none", "Components added after its own; paths relative to it."),
            optional(
                    "ignoreMissingComponents",
                    new Shape.Flag(),
                    "false",
                    "Whether components listed here that do not exist are left out."),
            optional(
                    "generate",
                    new Shape.Flag(),
                    "false",
                    "Whether a directory without a kustomization gets one with all manifests below it.")));

    private static final Shape.Struct SOURCE = new Shape.Struct(List.of(
            optional("name", new Shape.Text(), "source-1, source-2, …", "A name to refer to this source by."),
            required("git", new Shape.Text(), "URL of the repository, https (http to loopback only)."),
            optional("ref", new Shape.Text(), "HEAD", "Branch, tag, full ref or commit id."),
            optional("path", new Shape.Text(), "the repository's root", "Directory (or one file) to render."),
            optional("plain", PLAIN, "detected", "Read the files as they are, with these options."),
            optional("kustomize", KUSTOMIZE, "detected", "Render with Kustomize, with these changes.")));

    private static final Shape.Struct TARGET = new Shape.Struct(List.of(
            optional("name", new Shape.Text(), "here", "Required and unique where an app has more than one target."),
            optional("cluster", new Shape.Word(List.of("in-cluster")), "in-cluster", "The cluster to run on."),
            optional(
                    "namespace",
                    new Shape.Text(),
                    "the App's namespace",
                    "The namespace of objects that name none (or of all, see namespaceMode)."),
            optional(
                    "namespaceMode",
                    new Shape.Word(List.of("default", "override")),
                    "default",
                    "Whether namespace is a default, or moves every namespaced object."),
            optional(
                    "createNamespace",
                    new Shape.Flag(),
                    "false",
                    "Whether the namespace is made where it is missing; it is not part of the inventory.")));

    private static final Shape.Struct BACKOFF = new Shape.Struct(List.of(
            optional("initial", new Shape.Duration(), "5s", "Wait before the second attempt."),
            optional("factor", new Shape.Factor(1), "2", "What each further wait is multiplied by."),
            optional("max", new Shape.Duration(), "3m", "The longest wait.")));

    private static final Shape.Struct RETRY = new Shape.Struct(List.of(
            optional("limit", new Shape.Number(0, 1000), "5", "Attempts after the first before a person is needed."),
            optional("backoff", BACKOFF, "5s, doubling, at most 3m", "Waits between attempts.")));

    private static final Shape.Struct SYNC = new Shape.Struct(List.of(
            optional(
                    "mode",
                    new Shape.Word(List.of("automatic", "manual")),
                    "automatic",
                    "Whether a new revision is applied at once, or when a person says so."),
            optional("prune", new Shape.Flag(), "true", "Whether objects that left Git are deleted."),
            optional(
                    "drift",
                    new Shape.Word(List.of("heal", "report", "ignore")),
                    "heal",
                    "What happens when somebody changes an owned field in the cluster."),
            optional(
                    "adopt",
                    new Shape.WordOrList(List.of("never", "unmanaged"), TOOLS),
                    "unmanaged",
                    "Which objects that exist already may be taken over: none, those without another tool's marker, or"
                            + " those of the tools listed."),
            optional(
                    "onDelete",
                    new Shape.Word(List.of("delete", "orphan")),
                    "delete",
                    "What becomes of the objects when the App is deleted."),
            optional(
                    "validate",
                    new Shape.Word(List.of("local", "server")),
                    "local",
                    "Check against the cluster's schema only, or by a server dry run, too, before the first write."),
            optional("timeout", new Shape.Duration(), "5m", "How long a sync waits for health."),
            optional("retry", RETRY, "5 times, from 5s to 3m", "What happens after a failed attempt.")));

    private static final Shape.Struct MAX_DELETES = new Shape.Struct(List.of(
            optional("count", new Shape.Number(0, 1_000_000), "5", "This many deletes always pass."),
            optional("percent", new Shape.Number(0, 100), "20", "This share of what the app owns passes, too.")));

    private static final Shape.Struct GUARD = new Shape.Struct(List.of(
            optional(
                    "maxDeletes",
                    MAX_DELETES,
                    "5 or 20 %",
                    "More deletes than the larger of the two, summed over all targets, are confirmed."),
            optional(
                    "confirm",
                    new Shape.Texts(),
                    "Namespace, CustomResourceDefinition, PersistentVolumeClaim",
                    "Kinds that are deleted after a confirmation only.")));

    private static final Shape.Struct IGNORE = new Shape.Struct(List.of(
            required("kind", new Shape.Text(), "Kind, or Kind.group for other than built-in kinds."),
            optional("name", new Shape.Text(), "every object of the kind", "Only the object of this name."),
            required(
                    "paths",
                    new Shape.Texts(),
                    "Fields that are ours at creation only: spec.replicas, or with list keys"
                            + " spec.template.spec.containers[name=app].image, or JSON pointers.")));

    static final Shape.Struct SPEC = new Shape.Struct(List.of(
            required(
                    "sources",
                    new Shape.ListOf(SOURCE),
                    "Where the objects come from; several are applied as one set."),
            optional("targets", new Shape.ListOf(TARGET), "this cluster, the App's namespace", "Where the objects go."),
            optional("interval", new Shape.Duration(), "5m", "How often the sources are asked; sync does not wait."),
            optional(
                    "metadata",
                    new Shape.Struct(List.of(
                            optional("labels", new Shape.TextMap(), "none", "Labels added to every object."),
                            optional(
                                    "annotations", new Shape.TextMap(), "none", "Annotations added to every object."))),
                    "none",
                    "What is added to every object."),
            optional(
                    "runAs",
                    new Shape.Struct(List.of(required(
                            "serviceAccount",
                            new Shape.Text(),
                            "Service account in the App's namespace whose rights the objects are written with."))),
                    "see --default-service-account",
                    "Whose rights writes are made with."),
            optional("sync", SYNC, "automatic, healing, pruning", "How the cluster is kept equal to the sources."),
            optional("guard", GUARD, "see its fields", "Which deletes wait for a person."),
            optional("ignore", new Shape.ListOf(IGNORE), "none", "Fields that others may change."),
            optional("history", new Shape.Number(1, 100), "10", "How many operations are remembered."),
            optional("suspend", new Shape.Flag(), "false", "Nothing is written while true.")));
}
