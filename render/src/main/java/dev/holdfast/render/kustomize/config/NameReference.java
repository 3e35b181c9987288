package dev.holdfast.render.kustomize.config;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Origin;
import java.util.ArrayList;
import java.util.List;

/// Fields that hold the name of an object of some kind.
public record NameReference(Gvk target, List<FieldSpec> referrers) {

    static List<NameReference> merged(List<NameReference> list, List<NameReference> more, Origin place) {
        if (more.isEmpty()) return list;
        var merged = new ArrayList<>(list);
        for (var reference : more) {
            boolean found = false;
            for (int i = 0; i < merged.size(); i++) {
                var there = merged.get(i);
                if (!there.target.equals(reference.target)) continue;
                merged.set(
                        i,
                        new NameReference(
                                there.target, FieldSpec.merged(there.referrers, reference.referrers, place)));
                found = true;
            }
            if (!found) merged.add(reference);
        }
        return merged;
    }
}
