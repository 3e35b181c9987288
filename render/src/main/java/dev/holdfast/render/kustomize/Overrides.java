package dev.holdfast.render.kustomize;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.load.Kustomization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the deployment says beside the outermost kustomization file, as Flux does it: it sets its `namespace`,
/// `namePrefix` and `nameSuffix`, adds patches and components after its own, and replaces an image of the same name.
/// An empty text or list says nothing.
///
/// @param fields `namespace`, `namePrefix`, `nameSuffix`
/// @param patches entries as of `patches`
/// @param images entries as of `images`
/// @param components paths relative to the kustomization
/// @param metadata labels and annotations that every object gets in the end, whatever it had
public record Overrides(
        Mapping fields, List<Mapping> patches, List<Mapping> images, List<String> components, Metadata metadata) {

    public record Metadata(Map<String, String> labels, Map<String, String> annotations) {
        public static final Metadata NONE = new Metadata(Map.of(), Map.of());
    }

    public static final Overrides NONE =
            new Overrides(Mapping.EMPTY, List.of(), List.of(), List.of(), Metadata.NONE);

    private static final List<String> FIELDS = List.of("namespace", "namePrefix", "nameSuffix");

    public Overrides {
        for (var field : fields) {
            if (!FIELDS.contains(field.key())) throw new IllegalArgumentException("no override: " + field.key());
        }
        patches = List.copyOf(patches);
        images = List.copyOf(images);
        components = List.copyOf(components);
    }

    boolean isNone() {
        return fields.isEmpty() && patches.isEmpty() && images.isEmpty() && components.isEmpty();
    }

    /// The outermost kustomization with all this.
    Kustomization applied(Kustomization kustomization) {
        if (isNone()) return kustomization;
        var changed = Mapping.builder();
        for (var field : fields) {
            if (!(field.value() instanceof Value.Text(var text, var _) && text.isEmpty())) {
                changed.put(field.key(), field.value());
            }
        }
        var own = kustomization.fields();
        if (!patches.isEmpty()) changed.put("patches", joined(own.get("patches"), patches));
        if (!components.isEmpty()) changed.put("components", components(own.texts("components")));
        if (!images.isEmpty()) changed.put("images", images(kustomization));
        return kustomization.with(changed.build());
    }

    private static Sequence joined(@Nullable Value own, List<Mapping> more) {
        var all = new ArrayList<Value>(own instanceof Sequence list ? list.items() : List.of());
        all.addAll(more);
        return Sequence.of(all);
    }

    private Sequence components(List<Value.Text> own) {
        var all = new ArrayList<Value>(own);
        for (var component : components) {
            if (own.stream().noneMatch(each -> each.value().equals(component))) all.add(Value.of(component));
        }
        return Sequence.of(all);
    }

    private Sequence images(Kustomization kustomization) {
        var all = new LinkedHashMap<String, Value>();
        for (var image : kustomization.fields().objects("images")) all.put(image.text("name"), image.mapping());
        for (var image : images) all.put(image.text("name").orElse(""), image);
        return Sequence.of(List.copyOf(all.values()));
    }
}
