package dev.holdfast.render.kustomize.config;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Origin;
import dev.holdfast.render.kustomize.resource.ResId;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A field of some kinds: a path of names, split at `/`. Lists on the way are entered by themselves; a part that
/// ends in `[]` must be a list and is never created. What a selector leaves empty is any.
public record FieldSpec(Gvk gvk, String path, boolean create) {

    private static final Gvk ANY = new Gvk("", "", "");

    public static FieldSpec anyKind(String path) {
        return new FieldSpec(ANY, path, false);
    }

    public static FieldSpec created(String path) {
        return new FieldSpec(ANY, path, true);
    }

    /// What is made where the field is missing and the specification says so.
    public record Creation(Node.Kind kind, String tag, Origin origin) {}

    private boolean covers(FieldSpec other) {
        return ResId.isOf(gvk, other.gvk) && path.equals(other.path);
    }

    /// The list with another specification, unless it has it.
    /// @throws dev.holdfast.model.FaultException where one creates the field and the other does not
    public static List<FieldSpec> merged(List<FieldSpec> list, List<FieldSpec> more, Origin place) {
        if (more.isEmpty()) return list;
        var merged = new ArrayList<>(list);
        for (var spec : more) {
            var there = merged.stream().filter(each -> each.covers(spec)).findFirst();
            if (there.isEmpty()) merged.add(spec);
            else if (there.get().create != spec.create) {
                throw Refusal.at(place, "conflicting fieldspecs for " + spec.path);
            }
        }
        return merged;
    }

    public boolean appliesTo(Resource resource) {
        return ResId.isOf(resource.gvk(), gvk);
    }

    /// Shows every such field of an object; does nothing where the object is of another kind or has no such field.
    public void visit(Resource resource, @Nullable Creation creation, Consumer<Node> visitor) {
        if (!appliesTo(resource)) return;
        try {
            walk(resource.node(), Paths.split(path, '/'), creation, visitor);
        } catch (FaultException failed) {
            throw Refusal.within("considering field '" + path + "' of object " + resource.id(), failed);
        }
    }

    private void walk(Node node, List<String> parts, @Nullable Creation creation, Consumer<Node> visitor) {
        if (parts.isEmpty()) {
            visitor.accept(node);
            return;
        }
        if (node.isNull()) return;
        switch (node.kind()) {
            case SEQUENCE -> {
                for (var item : node.content()) walk(item, parts, creation, visitor);
            }
            case MAPPING -> field(node, parts, creation, visitor);
            case SCALAR -> throw Refusal.at(node.origin(), "expected sequence or mapping node");
        }
    }

    private void field(Node node, List<String> parts, @Nullable Creation creation, Consumer<Node> visitor) {
        var part = parts.getFirst();
        boolean list = part.endsWith("[]");
        var name = list ? part.substring(0, part.length() - 2) : part;
        if (name.isEmpty()) throw Refusal.at(node.origin(), "cannot set or create an empty field name");
        var rest = parts.subList(1, parts.size());
        var made = create && !list ? creation : null;
        var field = node.get(name);
        if (field == null) {
            if (made == null) return;
            field = Node.empty(rest.isEmpty() ? made.kind() : Node.Kind.MAPPING, made.origin());
            node.append(name, field);
        }
        if (field.isNull()) {
            if (list) field.turnInto(Node.Kind.SEQUENCE, "");
            else if (made != null && rest.isEmpty()) field.turnInto(made.kind(), made.tag());
            else if (made != null) field.turnInto(Node.Kind.MAPPING, "");
        }
        walk(field, rest, creation, visitor);
    }
}
