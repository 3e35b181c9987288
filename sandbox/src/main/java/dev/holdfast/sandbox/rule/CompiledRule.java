package dev.holdfast.sandbox.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.holdfast.sandbox.rule.RuleLanguage.Compiled;
import java.util.List;
import java.util.Optional;

/// A rule that can be asked. `problems` says why it, or its message, can't be; then the definition is
/// refused. Only the rule itself makes it one that compares with before, not its message.
record CompiledRule(RuleSource source, Programs programs, Transition transition, Problems problems, Costs costs) {

    /// The rule, and what makes its message.
    record Programs(Optional<CelRuntime.Program> rule, Optional<CelRuntime.Program> message) {}

    /// Whether a rule compares with what was before, and so needs that.
    enum Transition {
        NO,
        YES
    }

    /// What is wrong with the texts; empty where nothing is.
    record Problems(Optional<String> rule, Optional<String> message) {}

    /// What a rule and its message cost at worst, each time they are asked; 0 where they can't be.
    record Costs(long rule, long message) {}

    static List<CompiledRule> of(List<RuleSource> sources, RuleTypes types, CelType self, SchemaSizes sizes) {
        if (sources.isEmpty()) return List.of();
        var plain = RuleLanguage.compiler(types, self, self);
        var optional = RuleLanguage.compiler(types, self, OptionalType.create(self));
        return sources.stream()
                .map(source -> of(source, source.oldSelfMayBeMissing() ? optional : plain, sizes))
                .toList();
    }

    private static CompiledRule of(RuleSource source, CelCompiler compiler, SchemaSizes sizes) {
        return switch (compiled(compiler, source.rule(), SimpleType.BOOL)) {
            case Part.Bad(var problem) ->
                new CompiledRule(
                        source,
                        new Programs(Optional.empty(), Optional.empty()),
                        Transition.NO,
                        new Problems(Optional.of(problem), Optional.empty()),
                        new Costs(0, 0));
            case Part.Good(var rule) -> withMessage(source, compiler, sizes, rule);
        };
    }

    private static CompiledRule withMessage(
            RuleSource source, CelCompiler compiler, SchemaSizes sizes, CelAbstractSyntaxTree rule) {
        var problem = Optional.<String>empty();
        var program = Optional.<CelRuntime.Program>empty();
        long cost = 0;
        if (!source.messageExpression().isEmpty()) {
            switch (compiled(compiler, source.messageExpression(), SimpleType.STRING)) {
                case Part.Bad(var text) -> problem = Optional.of("messageExpression " + text);
                case Part.Good(var message) -> {
                    program = Optional.of(program(message));
                    cost = RuleCost.of(message, sizes);
                }
            }
        }
        return new CompiledRule(
                source,
                new Programs(Optional.of(program(rule)), program),
                usesOldSelf(rule) ? Transition.YES : Transition.NO,
                new Problems(Optional.empty(), problem),
                new Costs(RuleCost.of(rule, sizes), cost));
    }

    private sealed interface Part {
        record Good(CelAbstractSyntaxTree tree) implements Part {}

        record Bad(String problem) implements Part {}
    }

    private static Part compiled(CelCompiler compiler, String expression, CelType result) {
        return switch (RuleLanguage.compile(compiler, expression)) {
            case Compiled.Bad(var errors) -> new Part.Bad("compilation failed: " + errors);
            case Compiled.Good(var tree) when tree.getResultType().equals(result) -> new Part.Good(tree);
            case Compiled.Good _ ->
                new Part.Bad(
                        result.equals(SimpleType.BOOL)
                                ? "cel expression must evaluate to a bool"
                                : "must evaluate to a string");
        };
    }

    private static boolean usesOldSelf(CelAbstractSyntaxTree tree) {
        return tree.getReferenceMap().values().stream().map(CelReference::name).anyMatch(RuleLanguage.OLD_SELF::equals);
    }

    private static CelRuntime.Program program(CelAbstractSyntaxTree tree) {
        try {
            return RuleLanguage.RUNTIME.createProgram(tree);
        } catch (CelEvaluationException broken) {
            throw new IllegalStateException("a checked rule does not become a program", broken);
        }
    }

    boolean comparesWithBefore() {
        return transition == Transition.YES;
    }
}
