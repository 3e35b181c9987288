package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.resource.KindOrder;
import dev.holdfast.render.kustomize.resource.ResId;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Kustomize's legacy order: some kinds first, some last, the others by group, version, kind; within a kind by
/// namespace and name.
public final class Ordering implements Transformer {

    private static final Transformer AS_IT_IS = list -> {};

    private final KindOrder order;

    private Ordering(KindOrder order) {
        this.order = order;
    }

    public static Transformer legacy() {
        return new Ordering(KindOrder.LEGACY);
    }

    /// As `sortOptions` says.
    public static Transformer of(Fields options) {
        var order = options.text("order");
        var legacy = options.object("legacySortOptions");
        switch (order) {
            case "fifo" -> {
                if (legacy == null) return AS_IT_IS;
                throw Refusal.at(
                        legacy.origin(),
                        "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not"
                                + " 'legacy'");
            }
            case "legacy" -> {
                if (legacy == null) return legacy();
                return new Ordering(new KindOrder(words(legacy, "orderFirst"), words(legacy, "orderLast")));
            }
            default ->
                throw Refusal.at(
                        options.origin("order"), "the field 'sortOptions.order' must be one of [fifo, legacy]");
        }
    }

    private static List<String> words(Fields options, String field) {
        return options.texts(field).stream().map(Value.Text::value).toList();
    }

    /// An object with what it is sorted by.
    private record Keyed(Resource resource, Gvk gvk, int rank, String kind, String id) {}

    @Override
    public void transform(ResourceList list) {
        var keyed = new ArrayList<Keyed>(list.size());
        for (var resource : list.all()) keyed.add(keyed(resource));
        keyed.sort(Comparator.comparingInt(Keyed::rank)
                .thenComparing(Ordering::byKind)
                .thenComparing(Keyed::id));
        list.replaceAll(keyed.stream().map(Keyed::resource).toList());
    }

    /// Namespaces of another group come before those of the core.
    private static int byKind(Keyed one, Keyed other) {
        int compared = one.kind.compareTo(other.kind);
        boolean namespaces = one.gvk.kind().equals("Namespace") && other.gvk.kind().equals("Namespace");
        boolean core = one.gvk.group().isEmpty() || other.gvk.group().isEmpty();
        return namespaces && core ? -compared : compared;
    }

    private Keyed keyed(Resource resource) {
        var id = resource.id();
        var gvk = id.gvk();
        var text = ResId.words(gvk) + "|" + or(id.namespace(), "~X") + "|" + or(id.name(), "~N");
        return new Keyed(resource, gvk, order.rank(gvk.kind()), KindOrder.sortText(gvk), text);
    }

    private static String or(String text, String other) {
        return text.isEmpty() ? other : text;
    }
}
