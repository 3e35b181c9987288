package dev.holdfast.sandbox.rule;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Functions beyond the language's own: their declarations, for the compiler, and what they do.
final class Functions {

    private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    private final Map<String, List<CelFunctionBinding>> bound = new LinkedHashMap<>();

    /// What a call does with its values; a target comes first.
    interface Body {
        Object of(List<Object> values) throws CelEvaluationException;
    }

    /// `target.name(…)`; the first of the parameters is the target.
    Functions method(String name, CelType result, Body body, CelType... parameters) {
        var id = id(name, parameters) + "_of";
        return add(name, CelOverloadDecl.newMemberOverload(id, result, List.of(parameters)), body);
    }

    /// `name(…)`.
    Functions function(String name, CelType result, Body body, CelType... parameters) {
        return add(name, CelOverloadDecl.newGlobalOverload(id(name, parameters), result, List.of(parameters)), body);
    }

    private static String id(String name, CelType... parameters) {
        var words = new ArrayList<String>();
        words.add(name.replace('.', '_'));
        for (var parameter : parameters) {
            words.add(parameter.name().replace('.', '_'));
            for (var inner : parameter.parameters()) words.add(inner.name().replace('.', '_'));
        }
        return "rule_" + String.join("_", words);
    }

    // bodies hold nothing: all are written out in these classes
    @SuppressWarnings("Immutable")
    private Functions add(String name, CelOverloadDecl declaration, Body body) {
        var classes = new ArrayList<Class<?>>();
        for (var parameter : declaration.parameterTypes()) classes.add(classOf(parameter));
        CelFunctionOverload overload = values -> body.of(Arrays.asList(values));
        declared.computeIfAbsent(name, _ -> new ArrayList<>()).add(declaration);
        bound.computeIfAbsent(name, _ -> new ArrayList<>())
                .add(CelFunctionBinding.from(declaration.overloadId(), classes, overload));
        return this;
    }

    private static Class<?> classOf(CelType type) {
        for (var own : OwnTypes.ALL) {
            if (own.type().equals(type)) return own.values();
        }
        if (type.equals(SimpleType.STRING)) return String.class;
        if (type.equals(SimpleType.INT)) return Long.class;
        if (type.equals(SimpleType.DOUBLE)) return Double.class;
        if (type.equals(SimpleType.BOOL)) return Boolean.class;
        return switch (type.kind()) {
            case LIST -> List.class;
            default -> Object.class;
        };
    }

    List<CelFunctionDecl> declarations() {
        var declarations = new ArrayList<CelFunctionDecl>();
        declared.forEach(
                (name, overloads) -> declarations.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
        return declarations;
    }

    List<CelFunctionBinding> bindings() {
        var bindings = new ArrayList<CelFunctionBinding>();
        bound.forEach((name, overloads) ->
                bindings.addAll(CelFunctionBinding.fromOverloads(name, ImmutableList.copyOf(overloads))));
        return bindings;
    }
}
