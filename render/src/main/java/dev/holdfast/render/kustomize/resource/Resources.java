package dev.holdfast.render.kustomize.resource;

import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.render.kustomize.tree.Trees;
import dev.holdfast.yaml.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Makes resources of texts.
public final class Resources {

    private final Scopes scopes;
    private final Limits limits;

    public Resources(Scopes scopes, Limits limits) {
        this.scopes = scopes;
        this.limits = limits;
    }

    public Resource of(Node node) {
        return new Resource(node, scopes);
    }

    /// The objects of a file: lists are opened up, every object has a kind and a name.
    /// @throws dev.holdfast.model.FaultException where the text is no YAML, or an object lacks these
    public List<Resource> read(String path, byte[] file) {
        var documents = Trees.read(path, file, limits);
        var open = new ArrayDeque<Node>();
        boolean single = documents.size() == 1;
        for (var document : documents) {
            var items = document.get("items");
            if (single && (kind(document).equals("List") || kind(document).equals("ResourceList")) && items != null) {
                open.addAll(items.content());
            } else {
                open.add(document);
            }
        }
        var resources = new ArrayList<Resource>();
        var checked = new ArrayDeque<Node>();
        for (var node : open) if (!node.isEmpty()) checked.add(validated(node));
        while (!checked.isEmpty()) {
            var node = checked.poll();
            var items = kind(node).endsWith("List") ? node.get("items") : null;
            if (items == null) {
                resources.add(of(node));
                continue;
            }
            if (items.isNull()) continue;
            if (!items.isSequence()) {
                throw Refusal.at(items.origin(), "expected array in " + kind(node) + "/items");
            }
            for (var item : items.content()) if (!item.isEmpty()) checked.add(validated(item));
        }
        return resources;
    }

    public ResourceList list(String path, byte[] file) {
        var list = new ResourceList();
        read(path, file).forEach(list::append);
        return list;
    }

    private static String kind(Node node) {
        return node.fieldText("kind");
    }

    private Node validated(Node node) {
        if (!node.isMapping()) {
            throw Refusal.at(node.origin(), "an object is expected here", "Name only files that hold objects");
        }
        var resource = of(node);
        if (resource.kind().isEmpty()) throw Refusal.at(node.origin(), "missing kind in object");
        if (resource.kind().endsWith("List")) return node;
        if (resource.name().isEmpty()) {
            throw Refusal.at(node.origin(), "missing metadata.name in object " + resource.kind());
        }
        return node;
    }
}
