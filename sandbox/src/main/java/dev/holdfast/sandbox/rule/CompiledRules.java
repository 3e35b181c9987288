package dev.holdfast.sandbox.rule;

import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.kind.CustomSchema;
import dev.holdfast.sandbox.kind.FieldError;
import java.util.List;
import java.util.Optional;

/// The rules of one version of a custom resource, compiled once.
public final class CompiledRules implements CustomSchema.Rules {

    private final Optional<RuleTree> tree;

    private CompiledRules(Optional<RuleTree> tree) {
        this.tree = tree;
    }

    public static CompiledRules of(Mapping schema) {
        return new CompiledRules(RuleTree.of(schema));
    }

    @Override
    public List<FieldError> check(Mapping schema, Mapping object, Optional<Mapping> old) {
        return tree.map(rules -> Evaluation.of(rules, object, old)).orElse(List.of());
    }
}
