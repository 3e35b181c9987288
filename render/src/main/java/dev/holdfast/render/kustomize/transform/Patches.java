package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.load.Loader;
import dev.holdfast.render.kustomize.merge.JsonPatch;
import dev.holdfast.render.kustomize.merge.StrategicMerge;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.resource.Selector;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Patches of all three fields: `patches`, `patchesStrategicMerge` and `patchesJson6902`.
public final class Patches {

    private final Workshop workshop;
    private final StrategicMerge merge;

    public Patches(Workshop workshop) {
        this.workshop = workshop;
        this.merge = new StrategicMerge(workshop.types());
    }

    /// The text of a patch, and where to find it.
    private record Source(String shown, Loader.Loaded text, Origin place) {}

    /// An entry of `patches`: a strategic merge patch for the objects that it names or that its target selects, or
    /// a JSON patch for those.
    public Transformer any(Fields settings) {
        var source = source(settings);
        var strategic = new ArrayList<Resource>();
        var json = JsonPatch.parse(Value.none());
        FaultException noObjects = null;
        FaultException noOperations = null;
        try {
            strategic.addAll(workshop.resources()
                    .read(source.text().path(), source.text().content()));
        } catch (FaultException reason) {
            noObjects = reason;
        }
        try {
            json = JsonPatch.parse(operations(source));
        } catch (FaultException reason) {
            noOperations = reason;
        }
        if (!strategic.isEmpty() && !json.isEmpty()) {
            throw Refusal.at(source.place(), "illegally qualifies as both an SM and JSON patch: " + source.shown());
        }
        if (noObjects != null && noOperations != null) {
            throw Refusal.at(
                    source.place(),
                    "unable to parse SM or JSON patch from " + source.shown() + ": "
                            + noObjects.fault().explanation().message());
        }
        var target = settings.object("target");
        if (noObjects != null) return json(json, target, source);
        var options = settings.objectOrNone("options");
        for (var patch : strategic) {
            if (options.isTrue("allowNameChange")) patch.allowNameChange();
            if (options.isTrue("allowKindChange")) patch.allowKindChange();
        }
        return target == null ? byName(strategic) : selected(strategic, target, source);
    }

    private Source source(Fields settings) {
        var inline = settings.text("patch").strip();
        var path = settings.text("path");
        if (inline.isEmpty() == path.isEmpty()) {
            var message = path.isEmpty()
                    ? "must specify one of patch and path"
                    : "patch and path can't be set at the same time";
            throw Refusal.at(settings.origin(), message);
        }
        if (path.isEmpty()) {
            return new Source(
                    "[patch: \"" + inline + "\"]", inline(inline, settings.origin("patch")), settings.origin());
        }
        try {
            var loaded = workshop.loader().load(path, settings.origin("path"));
            return new Source("[path: \"" + path + "\"]", loaded, settings.origin("path"));
        } catch (FaultException unreadable) {
            throw Refusal.within("failed to get the patch file from path(" + path + ")", unreadable);
        }
    }

    /// A text of the kustomization file: so many empty lines stand before it that its lines have their numbers.
    private static Loader.Loaded inline(String text, Origin place) {
        var padded = "\n".repeat(Math.max(0, place.line())) + text;
        return new Loader.Loaded(place.path(), padded.getBytes(StandardCharsets.UTF_8));
    }

    private Value operations(Source source) {
        return workshop.settings(source.text());
    }

    private static Selector selector(Fields target) {
        return new Selector(Selectors.terms(target));
    }

    private Transformer selected(List<Resource> patches, Fields target, Source source) {
        if (patches.size() > 1) {
            throw Refusal.at(
                    source.place(),
                    "Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field: "
                            + source.shown());
        }
        var selector = selector(target);
        return list -> {
            if (!patches.isEmpty()) applyTo(selector.select(list), patches.getFirst(), list);
        };
    }

    private void applyTo(List<Resource> targets, Resource patch, ResourceList list) {
        for (var target : targets) {
            var copy = patch.copy();
            ResourceList.takeMetadata(copy, patch);
            copy.setGvk(target.gvk(), patch.origin());
            copy.setKind(patch.kind(), patch.origin());
            apply(target, copy);
        }
        list.dropEmpty();
        list.replaceAll(list.all());
    }

    private Transformer byName(List<Resource> patches) {
        return list -> {
            for (var patch : patches) {
                Resource target;
                try {
                    target = list.unique(patch.originalId(), patch.origin());
                } catch (FaultException none) {
                    throw Refusal.within("no resource matches strategic merge patch " + patch.originalId(), none);
                }
                apply(target, patch.copy());
            }
            list.dropEmpty();
            list.forgetIds();
        };
    }

    private void apply(Resource target, Resource patch) {
        var name = target.name();
        var namespace = target.namespace();
        var kind = target.kind();
        boolean nameFree = patch.nameChangeAllowed();
        boolean kindFree = patch.kindChangeAllowed();
        if (nameFree || kindFree) target.storePreviousId();
        if (merge.apply(target.node(), patch.node()) == StrategicMerge.Outcome.DELETED) {
            target.clear();
            return;
        }
        if (target.isEmpty()) return;
        if (!kindFree && !target.kind().equals(kind)) target.setKind(kind, target.origin());
        if (!nameFree && !target.name().equals(name)) target.setName(name, target.origin());
        if (!target.namespace().equals(namespace)) target.setNamespace(namespace, target.origin());
    }

    /// `patchesStrategicMerge`: each is a path or the patch itself.
    public Transformer strategic(List<Value.Text> paths, Value.Text inline) {
        if (paths.isEmpty() && inline.value().isEmpty()) {
            throw Refusal.at(inline.origin(), "empty file path and empty patch content");
        }
        var patches = new ArrayList<Resource>();
        for (var path : paths) patches.addAll(strategic(path));
        if (!inline.value().isEmpty()) {
            var text = inline(inline.value(), inline.origin());
            patches.addAll(workshop.resources().read(text.path(), text.content()));
        }
        if (patches.isEmpty()) {
            var files = paths.stream().map(Value.Text::value).collect(Collectors.joining(" ", "[", "]"));
            throw Refusal.at(
                    inline.origin(), "patch appears to be empty; files=" + files + ", Patch=" + inline.value());
        }
        return list -> {
            for (var patch : patches) {
                applyTo(List.of(list.unique(patch.originalId(), patch.origin())), patch, list);
            }
        };
    }

    private List<Resource> strategic(Value.Text path) {
        try {
            var text = inline(path.value(), path.origin());
            return workshop.resources().read(text.path(), text.content());
        } catch (FaultException noPatch) {
            var loaded = workshop.loader().load(path.value(), path.origin());
            return workshop.resources().read(loaded.path(), loaded.content());
        }
    }

    /// An entry of `patchesJson6902`.
    public Transformer json(Fields settings) {
        var target = settings.objectOrNone("target");
        if (target.text("name").isEmpty()) {
            throw Refusal.at(settings.origin(), "must specify the target name");
        }
        var path = settings.text("path");
        var inline = settings.has("jsonOp") ? settings.text("jsonOp") : settings.text("patch");
        if (path.isEmpty() && inline.isEmpty()) {
            throw Refusal.at(settings.origin(), "empty file path and empty jsonOp");
        }
        if (!path.isEmpty() && !inline.isEmpty()) {
            throw Refusal.at(settings.origin(), "must specify a file path or jsonOp, not both");
        }
        var text = path.isEmpty()
                ? inline(inline, settings.origin(settings.has("jsonOp") ? "jsonOp" : "patch"))
                : workshop.loader().load(path, settings.origin("path"));
        var source = new Source(path.isEmpty() ? inline : path, text, settings.origin());
        var patch = JsonPatch.parse(operations(source));
        if (patch.isEmpty()) {
            throw Refusal.at(settings.origin(), "patch appears to be empty; file=" + path + ", JsonOp=" + inline);
        }
        var selector = selector(target);
        return list -> {
            for (var resource : selector.select(list)) apply(resource, patch);
            list.forgetIds();
        };
    }

    private static Transformer json(JsonPatch patch, @Nullable Fields target, Source source) {
        if (target == null) {
            return list -> {
                throw Refusal.at(source.place(), "must specify a target for JSON patch " + source.shown());
            };
        }
        var selector = selector(target);
        return list -> {
            for (var resource : selector.select(list)) {
                resource.storePreviousId();
                apply(resource, patch);
            }
            list.forgetIds();
        };
    }

    private static void apply(Resource resource, JsonPatch patch) {
        var internal = resource.internalAnnotations();
        resource.replaceNode(patch.applied(resource.node()));
        var annotations = resource.annotations();
        annotations.putAll(internal);
        resource.setAnnotations(annotations);
    }
}
