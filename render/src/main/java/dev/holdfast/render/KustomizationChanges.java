package dev.holdfast.render;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an App changes in a kustomization, the way Flux and Argo CD do it: in the file itself, not in an overlay above
/// it. Texts are set, patches and components come after those that are there, images and replicas replace the entry of
/// the same name.
final class KustomizationChanges {

    private KustomizationChanges() {}

    static Mapping apply(Mapping kustomization, Mapping changes) {
        var changed = kustomization;
        for (var change : changes) {
            var key = change.key();
            changed = switch (change.value()) {
                case Sequence items when key.equals("images") || key.equals("replicas") ->
                    changed.with(key, byName(changed.sequence(key), items));
                case Sequence items -> changed.with(key, appended(changed.sequence(key), items));
                case Value.Text _, Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Mapping _ ->
                    changed.with(key, change.value());
            };
        }
        return changed;
    }

    private static Sequence appended(Sequence present, Sequence more) {
        var items = new ArrayList<>(present.items());
        items.addAll(more.items());
        return Sequence.of(items, present.origin());
    }

    private static Sequence byName(Sequence present, Sequence more) {
        List<Value> items = new ArrayList<>(present.items());
        for (var item : more) {
            int at = position(items, name(item));
            if (at < 0) items.add(item);
            else items.set(at, item);
        }
        return Sequence.of(items, present.origin());
    }

    private static int position(List<Value> items, Optional<String> name) {
        for (int i = 0; i < items.size(); i++) if (name.isPresent() && name(items.get(i)).equals(name)) return i;
        return -1;
    }

    private static Optional<String> name(Value item) {
        return item instanceof Mapping mapping ? mapping.text("name") : Optional.empty();
    }
}
