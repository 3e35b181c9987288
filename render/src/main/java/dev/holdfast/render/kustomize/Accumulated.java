package dev.holdfast.render.kustomize;

import dev.holdfast.model.Origin;
import dev.holdfast.render.kustomize.config.TransformerConfig;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.transform.Variable;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.Collection;
import java.util.TreeMap;

/// What a kustomization and those below it have brought together.
final class Accumulated {

    private final ResourceList resources = new ResourceList();
    private TransformerConfig config = TransformerConfig.EMPTY;
    private final TreeMap<String, Variable> variables = new TreeMap<>();

    ResourceList resources() {
        return resources;
    }

    TransformerConfig config() {
        return config;
    }

    Collection<Variable> variables() {
        return variables.values();
    }

    void configure(TransformerConfig more, Origin place) {
        config = config.with(more, place);
    }

    void add(Accumulated other, Origin place) {
        resources.appendAll(other.resources);
        configure(other.config, place);
        other.variables.values().forEach(this::add);
    }

    /// A variable of this kustomization: the object that it names is marked, so that it is found under any name.
    void declare(Variable variable) {
        var meant = resources.withAnyId(variable.meant());
        if (meant.size() > 1) {
            throw Refusal.at(
                    variable.origin(),
                    "found " + meant.size() + " resId matches for var " + variable.name() + " (unable to disambiguate)");
        }
        if (meant.size() == 1) meant.getFirst().addReferringVariable(variable.name());
        add(variable);
    }

    private void add(Variable variable) {
        if (variables.put(variable.name(), variable) == null) return;
        throw Refusal.at(variable.origin(), "var '" + variable.name() + "' already encountered");
    }
}
