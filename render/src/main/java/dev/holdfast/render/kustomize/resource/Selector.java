package dev.holdfast.render.kustomize.resource;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Origin;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses objects by regular expressions over their identity (each must match all of a text; empty is any) and by
/// labels and annotations.
public final class Selector {

    /// As written. `name` and `namespace` are expressions like the parts of `gvk`.
    public record Terms(Gvk gvk, String name, String namespace, String labels, String annotations, Origin place) {
        public boolean namesNoIdentity() {
            return gvk.group().isEmpty()
                    && gvk.version().isEmpty()
                    && gvk.kind().isEmpty()
                    && name.isEmpty()
                    && namespace.isEmpty();
        }
    }

    private final Terms terms;
    private final @Nullable Pattern group;
    private final @Nullable Pattern version;
    private final @Nullable Pattern kind;
    private final @Nullable Pattern name;
    private final @Nullable Pattern namespace;
    private final LabelQuery labels;
    private final LabelQuery annotations;

    public Selector(Terms terms) {
        this.terms = terms;
        this.group = compiled(terms.gvk().group());
        this.version = compiled(terms.gvk().version());
        this.kind = compiled(terms.gvk().kind());
        this.name = compiled(terms.name());
        this.namespace = compiled(terms.namespace());
        this.labels = LabelQuery.parse(terms.labels(), terms.place());
        this.annotations = LabelQuery.parse(terms.annotations(), terms.place());
    }

    private @Nullable Pattern compiled(String expression) {
        if (expression.isEmpty()) return null;
        try {
            return Pattern.compile("^(?:" + expression + ")$");
        } catch (PatternSyntaxException malformed) {
            throw Refusal.at(
                    terms.place(),
                    "the regular expression '" + expression + "' of a selector is malformed: "
                            + malformed.getDescription());
        }
    }

    private static boolean matches(@Nullable Pattern pattern, String text) {
        return pattern == null || pattern.matcher(text).find();
    }

    public Terms terms() {
        return terms;
    }

    public boolean matchesGvk(Gvk gvk) {
        return matches(group, gvk.group()) && matches(version, gvk.version()) && matches(kind, gvk.kind());
    }

    /// The identity alone, with the namespace as it is written.
    public boolean matchesId(ResId id) {
        return matchesGvk(id.gvk()) && matches(name, id.name()) && matches(namespace, id.namespace());
    }

    public boolean matchesLabelsAndAnnotations(Resource resource) {
        return annotations.matches(resource.annotations()) && labels.matches(resource.labels());
    }

    public boolean queriesLabelsOrAnnotations() {
        return !terms.labels().isEmpty() || !terms.annotations().isEmpty();
    }

    /// Those whose first or present name and namespace match.
    public List<Resource> select(ResourceList list) {
        var selected = new ArrayList<Resource>();
        for (var resource : list.all()) {
            var now = resource.id();
            if (!matchesGvk(now.gvk())) continue;
            var original = resource.originalId();
            if (!matches(namespace, original.effectiveNamespace()) && !matches(namespace, now.effectiveNamespace())) {
                continue;
            }
            if (!matches(name, original.name()) && !matches(name, now.name())) continue;
            if (matchesLabelsAndAnnotations(resource)) selected.add(resource);
        }
        return selected;
    }
}
