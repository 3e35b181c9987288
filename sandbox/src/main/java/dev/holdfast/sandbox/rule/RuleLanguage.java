package dev.holdfast.sandbox.rule;

import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// CEL with the options and the functions that an API server has for rules of definitions.
final class RuleLanguage {

    static final String SELF = "self";
    static final String OLD_SELF = "oldSelf";

    /// About as many turns of a loop as the server's limit on the cost of one rule allows.
    private static final int MOST_TURNS = 400_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .enableHomogeneousLiterals(true)
            .comprehensionMaxIterations(MOST_TURNS)
            .build();
    private static final CelOptions AT_RUN_TIME = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MOST_TURNS)
            .build();
    private static final Pattern CANDIDATES = Pattern.compile(" \\(candidates: .*");
    /// All but `reverse`, which is of a later version of that library than the server has.
    private static final Set<CelStringExtensions.Function> STRINGS =
            EnumSet.complementOf(EnumSet.of(CelStringExtensions.Function.REVERSE));
    private static final Functions FUNCTIONS = functions();

    static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(AT_RUN_TIME)
            .setStandardFunctions(ListFunctions.others())
            .addLibraries(
                    CelExtensions.strings(STRINGS),
                    CelExtensions.optional(),
                    CelExtensions.sets(OPTIONS),
                    CelExtensions.comprehensions(),
                    CelExtensions.lists())
            .addFunctionBindings(FUNCTIONS.bindings())
            .addFunctionBindings(new ListFunctions(AT_RUN_TIME).bindings())
            .build();

    private RuleLanguage() {}

    private static Functions functions() {
        var functions = new Functions();
        TextFunctions.addTo(functions);
        AddressFunctions.addTo(functions);
        ValueFunctions.addTo(functions);
        return functions;
    }

    static CelCompiler compiler(RuleTypes types, CelType self, CelType oldSelf) {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setTypeProvider(types)
                .addVar(SELF, self)
                .addVar(OLD_SELF, oldSelf)
                .addLibraries(
                        CelExtensions.strings(STRINGS),
                        CelExtensions.optional(),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.comprehensions(),
                        CelExtensions.lists())
                .addFunctionDeclarations(FUNCTIONS.declarations())
                .build();
    }

    /// An expression whose syntax and types are in order, or what isn't.
    sealed interface Compiled {
        record Good(dev.cel.common.CelAbstractSyntaxTree tree) implements Compiled {}

        record Bad(String errors) implements Compiled {}
    }

    static Compiled compile(CelCompiler compiler, String expression) {
        try {
            var parsed = compiler.parse(expression);
            if (parsed.hasError()) return new Compiled.Bad(errors(parsed, "Syntax error: "));
            var checked = compiler.check(parsed.getAst());
            if (checked.hasError()) return new Compiled.Bad(errors(checked, ""));
            return new Compiled.Good(checked.getAst());
        } catch (dev.cel.common.CelValidationException broken) {
            return new Compiled.Bad(String.valueOf(broken.getMessage()));
        }
    }

    /// The errors in the words of the server's compiler, which lists no candidates.
    private static String errors(CelValidationResult result, String prefix) {
        var texts = new ArrayList<String>();
        for (var issue : result.getErrors()) {
            var message = prefix + CANDIDATES.matcher(issue.getMessage()).replaceAll("");
            var worded = CelIssue.formatError(issue.getExprId(), issue.getSourceLocation(), message);
            texts.add(worded.toDisplayString(result.getSource()));
        }
        return String.join("\n", texts);
    }
}
