package dev.holdfast.render;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;

/// Turns documents into manifests: lists are opened up, and every object is checked.
final class ObjectReader {

    private static final String LIST = "List";

    private final RenderLimits limits;
    private final Findings findings;
    private final List<Manifest> manifests = new ArrayList<>();

    ObjectReader(RenderLimits limits, Findings findings) {
        this.limits = limits;
        this.findings = findings;
    }

    List<Manifest> manifests() {
        return manifests;
    }

    void read(Value document) {
        if (document instanceof Mapping object) {
            read(object);
            return;
        }
        findings.add(
                document.origin(),
                "InvalidManifest",
                "a document is a " + document.typeName() + ", not an object",
                "Exclude files that hold no objects");
    }

    private void read(Mapping object) {
        if (isList(object)) {
            open(object);
            return;
        }
        int before = findings.count();
        var check = new ObjectCheck(object, findings);
        check.identity();
        check.metadata();
        check.size(limits.objectBytes());
        if (findings.count() > before || findings.full()) return;
        if (manifests.size() == limits.objects()) {
            throw new FaultException(Fault.at(
                    object.origin(),
                    "TooLarge",
                    "there are more than " + limits.objects() + " objects",
                    "Let the App's path name a smaller directory"));
        }
        manifests.add(manifest(object));
    }

    /// As kubectl sees it: a kind `…List` with items. A kind that merely ends so is an object.
    private static boolean isList(Mapping object) {
        var kind = object.text("kind").orElse("");
        return kind.equals(LIST) || kind.endsWith(LIST) && object.has("items");
    }

    private void open(Mapping list) {
        switch (list.get("items")) {
            case null -> {}
            case Value.Null _ -> {}
            case Sequence items -> {
                for (int i = 0; i < items.size() && !findings.full(); i++) read(typed(items.get(i), list));
            }
            case Value other ->
                findings.add(
                        other.origin(),
                        "InvalidManifest",
                        "items of a " + list.text("kind").orElse(LIST) + " is a " + other.typeName() + ", not a list",
                        "");
        }
    }

    /// Items of a `ConfigMapList` need not say that they are ConfigMaps.
    private static Value typed(Value item, Mapping list) {
        var kind = list.text("kind").orElse(LIST);
        if (!(item instanceof Mapping object) || kind.equals(LIST)) return item;
        var typed = object;
        var version = list.get("apiVersion");
        if (!object.has("kind")) {
            typed = typed.with("kind", Value.of(kind.substring(0, kind.length() - LIST.length())));
        }
        if (!object.has("apiVersion") && version != null) typed = typed.with("apiVersion", version);
        return typed;
    }

    private static Manifest manifest(Mapping object) {
        var gvk = Gvk.of(
                object.text("apiVersion").orElseThrow(), object.text("kind").orElseThrow());
        var ref = new Ref(
                gvk.group(),
                gvk.kind(),
                object.text("metadata", "namespace").orElse(""),
                object.text("metadata", "name").orElseThrow());
        return new Manifest(gvk, ref, object);
    }
}
