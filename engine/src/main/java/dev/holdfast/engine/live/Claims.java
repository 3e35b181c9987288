package dev.holdfast.engine.live;

import dev.holdfast.engine.live.LiveView.Memory;
import dev.holdfast.fields.FieldPath;
import dev.holdfast.fields.FieldSet;
import dev.holdfast.fields.ManagedEntry;
import dev.holdfast.fields.ManagedFields;
import dev.holdfast.fields.PathElement;
import dev.holdfast.model.LiveObject.Claim;
import dev.holdfast.model.LiveObject.Writing;
import dev.holdfast.model.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Who holds fields that we applied and do not own any more.
record Claims(ManagedFields managed, String manager, FieldSet ignored) {

    /// Fields that went without a trace in managedFields: whoever removes a field owns nothing there.
    static final String UNKNOWN = "an unknown manager";

    /// More paths than these make no message clearer.
    private static final int MOST = 20;

    static boolean isOurs(ManagedEntry entry, String manager) {
        return entry.isApply() && entry.manager().equals(manager);
    }

    static FieldSet owned(ManagedFields managed, String manager) {
        return managed.applied(manager, "").map(ManagedEntry::fields).orElse(FieldSet.EMPTY);
    }

    /// Whether a set says something about a path: the path itself, something below it, or a whole that it is part
    /// of.
    static boolean covers(FieldSet set, FieldPath path) {
        var node = set;
        for (PathElement element : path.elements()) {
            var below = node.below(element);
            if (below.isEmpty()) return node.has(element);
            node = below;
        }
        return true;
    }

    List<Claim> on(Mapping object, FieldSet ours, Memory memory) {
        var byManager = new TreeMap<String, Claim>();
        for (var entry : managed.entries()) {
            if (isOurs(entry, manager) || entry.subresource().equals("status")) continue;
            var paths = lost(entry, object, ours, memory);
            if (paths.isEmpty()) continue;
            var writing = entry.isApply() ? Writing.APPLY : Writing.UPDATE;
            byManager.merge(
                    entry.manager() + " " + writing, new Claim(entry.manager(), writing, paths), Claims::united);
        }
        var claims = new ArrayList<>(byManager.values());
        var removed = removed(object, memory);
        if (!removed.isEmpty()) claims.add(new Claim(UNKNOWN, Writing.UPDATE, removed));
        return claims;
    }

    private static Claim united(Claim one, Claim other) {
        var fields = new ArrayList<>(one.fields());
        for (var field : other.fields()) {
            if (!fields.contains(field) && fields.size() < MOST) fields.add(field);
        }
        return new Claim(one.manager(), one.writing(), fields);
    }

    /// With a remembered set: what of it the other manager has and we have not. Without one (after a restart): what
    /// it has that Git sets.
    private List<String> lost(ManagedEntry entry, Mapping object, FieldSet ours, Memory memory) {
        var theirs = entry.fields().recursiveDifference(ignored);
        if (memory.base().isPresent()) {
            var remembered = memory.base().get().fields();
            return texts(
                    theirs.intersection(remembered).difference(ours).leaves().paths());
        }
        if (memory.desired().isEmpty()) return List.of();
        var body = memory.desired().get().body();
        var paths = new ArrayList<FieldPath>();
        for (var path : theirs.difference(ours).leaves().paths()) {
            var wanted = PathValue.find(body, path);
            if (wanted != null && !wanted.equals(PathValue.find(object, path))) paths.add(path);
        }
        return texts(paths);
    }

    private List<String> removed(Mapping object, Memory memory) {
        if (memory.base().isEmpty()) return List.of();
        var paths = new ArrayList<FieldPath>();
        memory.base().get().fields().leaves().forEach(path -> {
            if (PathValue.find(object, path) == null) paths.add(path);
        });
        return texts(paths);
    }

    private static List<String> texts(List<FieldPath> paths) {
        return paths.stream().limit(MOST).map(FieldPath::toString).toList();
    }
}
