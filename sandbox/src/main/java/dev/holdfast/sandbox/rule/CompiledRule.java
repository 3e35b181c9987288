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

/// A rule that can be asked. `problem` and `messageProblem` say why it, or its message, can't be; then the
/// definition is refused.
record CompiledRule(
        RuleSource source,
        Optional<CelRuntime.Program> program,
        Optional<CelRuntime.Program> message,
        Transition transition,
        Problems problems) {

    /// Whether a rule compares with what was before, and so needs that.
    enum Transition {
        NO,
        YES
    }

    /// What is wrong with the texts; empty where nothing is.
    record Problems(Optional<String> rule, Optional<String> message) {}

    static List<CompiledRule> of(List<RuleSource> sources, RuleTypes types, CelType self) {
        if (sources.isEmpty()) return List.of();
        var plain = RuleLanguage.compiler(types, self, self);
        var optional = RuleLanguage.compiler(types, self, OptionalType.create(self));
        return sources.stream()
                .map(source -> of(source, source.oldSelfMayBeMissing() ? optional : plain, plain))
                .toList();
    }

    private static CompiledRule of(RuleSource source, CelCompiler compiler, CelCompiler forMessage) {
        var transition = Transition.NO;
        var ruleProblem = Optional.<String>empty();
        var program = Optional.<CelRuntime.Program>empty();
        switch (RuleLanguage.compile(compiler, source.rule())) {
            case Compiled.Bad(var errors) -> ruleProblem = Optional.of("compilation failed: " + errors);
            case Compiled.Good(var tree) -> {
                if (usesOldSelf(tree)) transition = Transition.YES;
                if (tree.getResultType().equals(SimpleType.BOOL)) program = Optional.of(program(tree));
                else ruleProblem = Optional.of("cel expression must evaluate to a bool");
            }
        }
        var messageProblem = Optional.<String>empty();
        var message = Optional.<CelRuntime.Program>empty();
        if (!source.messageExpression().isEmpty()) {
            switch (RuleLanguage.compile(forMessage, source.messageExpression())) {
                case Compiled.Bad(var errors) ->
                    messageProblem = Optional.of("messageExpression compilation failed: " + errors);
                case Compiled.Good(var tree) -> {
                    if (tree.getResultType().equals(SimpleType.STRING)) message = Optional.of(program(tree));
                    else messageProblem = Optional.of("messageExpression must evaluate to a string");
                    if (usesOldSelf(tree)) transition = Transition.YES;
                }
            }
        }
        return new CompiledRule(source, program, message, transition, new Problems(ruleProblem, messageProblem));
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
