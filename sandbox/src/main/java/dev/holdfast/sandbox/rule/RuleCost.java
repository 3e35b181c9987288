package dev.holdfast.sandbox.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a rule costs at worst, in the units of CEL: one for each access or call, more for calls that go through
/// texts and lists, times the turns of the loops around. Definitions are refused by this figure, so it must be the
/// server's. Source: the facts of cel-go's `checker/cost.go`; here only the upper end of each cost is reckoned, as
/// only that is ever compared.
final class RuleCost {

    private static final long NEW_LIST = 10;
    private static final long NEW_MAP = 30;
    private static final long NEW_STRUCT = 40;

    private final CelAbstractSyntaxTree tree;
    private final SchemaSizes root;
    private final Map<Long, List<String>> paths = new LinkedHashMap<>();
    private final Map<Long, SizeRange> sizes = new LinkedHashMap<>();
    private final Map<Long, Entries> entries = new LinkedHashMap<>();
    private final Map<String, Deque<Local>> locals = new LinkedHashMap<>();

    /// The sizes of a list's or map's keys and values, where the rule itself makes it.
    private record Entries(CelKind container, SizeRange key, SizeRange value) {
        Entries or(Entries other) {
            return new Entries(container, key.or(other.key), value.or(other.value));
        }
    }

    /// A variable of a loop or a macro: where its values come from and how large they are.
    private record Local(List<String> path, Optional<SizeRange> size, Optional<Entries> entries) {}

    /// An operand as functions see it when they say what they cost; `path` is empty where it is no field.
    record Operand(CelType type, CelExpr expression, List<String> path, Optional<SizeRange> computed) {
        SizeRange size() {
            return computed.orElse(SizeRange.UNKNOWN);
        }
    }

    private RuleCost(CelAbstractSyntaxTree tree, SchemaSizes root) {
        this.tree = tree;
        this.root = root;
    }

    /// Of a rule whose types have been checked, about values of these sizes.
    static long of(CelAbstractSyntaxTree tree, SchemaSizes root) {
        return new RuleCost(tree, root).cost(tree.getExpr());
    }

    private long cost(CelExpr expression) {
        return switch (expression.getKind()) {
            case NOT_SET, CONSTANT -> 0;
            case IDENT -> {
                var local = local(expression.ident().name());
                paths.put(
                        expression.id(),
                        local.map(Local::path).orElse(List.of(expression.ident().name())));
                yield 1;
            }
            case SELECT -> select(expression);
            case CALL -> call(expression);
            case LIST -> list(expression);
            case MAP -> map(expression);
            case STRUCT -> {
                long sum = NEW_STRUCT;
                for (var entry : expression.struct().entries()) sum = SizeRange.sum(sum, cost(entry.value()));
                yield sum;
            }
            case COMPREHENSION ->
                isBinding(expression.comprehension()) ? binding(expression) : comprehension(expression);
        };
    }

    private long select(CelExpr expression) {
        var select = expression.select();
        long sum = cost(select.operand());
        // has() costs nothing of its own in Kubernetes
        if (select.testOnly()) return sum;
        paths.put(expression.id(), below(path(select.operand()), select.field()));
        return switch (type(select.operand()).kind()) {
            case MAP, STRUCT, TYPE_PARAM -> SizeRange.sum(sum, 1);
            default -> sum;
        };
    }

    private static List<String> below(List<String> path, String step) {
        var steps = new ArrayList<>(path);
        steps.add(step);
        return steps;
    }

    private long call(CelExpr expression) {
        var call = expression.call();
        if (call.function().equals("dyn") && call.target().isEmpty()) {
            var inner = call.args().getFirst();
            long sum = SizeRange.sum(1, cost(inner));
            sameSize(expression, inner);
            return sum;
        }
        var costs = new ArrayList<Long>();
        for (var argument : call.args()) costs.add(cost(argument));
        long sum = call.target().map(this::cost).orElse(0L);
        var overloads = tree.getReference(expression.id())
                .map(CelReference::overloadIds)
                .map(List::copyOf)
                .orElse(List.of());
        if (overloads.isEmpty()) return 0;
        var target = call.target().map(this::operand);
        var operands = call.args().stream().map(this::operand).toList();
        long most = 0;
        var result = Optional.<SizeRange>empty();
        for (var overload : overloads) {
            var estimate = estimate(expression, overload, target, operands, costs);
            most = Math.max(most, estimate.cost());
            if (estimate.result().isPresent()) {
                var known = result;
                result = estimate.result().map(size -> known.map(size::or).orElse(size));
            }
            result = index(expression, overload, result);
            if (result.isEmpty()) result = size(expression);
        }
        result.ifPresent(size -> sizes.put(expression.id(), size));
        return SizeRange.sum(sum, most);
    }

    /// An index into a list or map leads to a place in the schema, and so to a size.
    private Optional<SizeRange> index(CelExpr expression, String overload, Optional<SizeRange> result) {
        if (!overload.equals("index_list") && !overload.equals("index_map")) return result;
        var container = expression.call().args().getFirst();
        var step = overload.equals("index_list") ? SchemaSizes.ITEMS : SchemaSizes.VALUES;
        paths.put(expression.id(), below(path(container), step));
        return entries(container).map(Entries::value);
    }

    private FunctionCosts.Estimate estimate(
            CelExpr expression, String overload, Optional<Operand> target, List<Operand> operands, List<Long> costs) {
        long all = 0;
        for (var cost : costs) all = SizeRange.sum(all, cost);
        switch (overload) {
            case "logical_or", "logical_and" -> {
                return new FunctionCosts.Estimate(all, Optional.empty());
            }
            case "conditional" -> {
                long either = Math.max(costs.get(1), costs.get(2));
                bothEntries(expression, operands.get(1), operands.get(2));
                var size = operands.get(1).size().or(operands.get(2).size());
                return new FunctionCosts.Estimate(SizeRange.sum(costs.getFirst(), either), Optional.of(size));
            }
            case "add_string", "add_bytes", "add_list" ->
                bothEntries(expression, operands.getFirst(), operands.getLast());
            default -> {
                // nothing to remember
            }
        }
        var function = expression.call().function();
        var own = new FunctionCosts(root, function, overload, target, operands).estimate();
        return new FunctionCosts.Estimate(SizeRange.sum(own.cost(), all), own.result());
    }

    private void bothEntries(CelExpr expression, Operand left, Operand right) {
        var known = entries(left.expression());
        var other = entries(right.expression());
        if (known.isPresent() && other.isPresent())
            entries.put(expression.id(), known.get().or(other.get()));
    }

    private long list(CelExpr expression) {
        long sum = NEW_LIST;
        var all = Optional.<SizeRange>empty();
        for (var element : expression.list().elements()) {
            sum = SizeRange.sum(sum, cost(element));
            all = Optional.of(joined(all, element));
        }
        entries.put(expression.id(), new Entries(CelKind.LIST, SizeRange.ONE, all.orElse(SizeRange.fixed(0))));
        return sum;
    }

    private long map(CelExpr expression) {
        long sum = NEW_MAP;
        var keys = Optional.<SizeRange>empty();
        var values = Optional.<SizeRange>empty();
        for (var entry : expression.map().entries()) {
            sum = SizeRange.sum(sum, SizeRange.sum(cost(entry.key()), cost(entry.value())));
            keys = Optional.of(joined(keys, entry.key()));
            values = Optional.of(joined(values, entry.value()));
        }
        var none = SizeRange.fixed(0);
        entries.put(expression.id(), new Entries(CelKind.MAP, keys.orElse(none), values.orElse(none)));
        return sum;
    }

    private SizeRange joined(Optional<SizeRange> all, CelExpr element) {
        var size = size(element).orElse(SizeRange.UNKNOWN);
        return all.map(size::or).orElse(size);
    }

    /// What macros that name a value become: a loop over nothing, whose result is all that counts.
    private static boolean isBinding(CelComprehension loop) {
        var condition = loop.loopCondition();
        boolean endless = condition.getKind() == Kind.CONSTANT
                && condition.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
                && !condition.constant().booleanValue();
        boolean none = loop.iterRange().getKind() == Kind.LIST
                && loop.iterRange().list().elements().isEmpty();
        return none && endless && !loop.accuVar().equals("__result__");
    }

    private long binding(CelExpr expression) {
        var loop = expression.comprehension();
        long sum = SizeRange.sum(cost(loop.iterRange()), cost(loop.accuInit()));
        push(loop.accuVar(), named(loop.accuInit()));
        sum = SizeRange.sum(sum, cost(loop.result()));
        pop(loop.accuVar());
        sameSize(expression, loop.result());
        return sum;
    }

    private long comprehension(CelExpr expression) {
        var loop = expression.comprehension();
        long sum = SizeRange.sum(cost(loop.iterRange()), cost(loop.accuInit()));
        push(loop.accuVar(), named(loop.accuInit()));
        boolean two = !loop.iterVar2().isEmpty();
        boolean list = container(loop.iterRange()) == CelKind.LIST;
        if (two) {
            push(loop.iterVar(), key(loop.iterRange(), list ? "@indices" : SchemaSizes.KEYS));
            push(loop.iterVar2(), value(loop.iterRange(), list ? SchemaSizes.ITEMS : SchemaSizes.VALUES));
        } else {
            push(
                    loop.iterVar(),
                    list ? value(loop.iterRange(), SchemaSizes.ITEMS) : key(loop.iterRange(), SchemaSizes.KEYS));
        }
        long turn = SizeRange.sum(cost(loop.loopCondition()), cost(loop.loopStep()));
        pop(loop.iterVar());
        if (two) pop(loop.iterVar2());
        sum = SizeRange.sum(sum, cost(loop.result()));
        pop(loop.accuVar());
        var turns = size(loop.iterRange()).orElse(SizeRange.UNKNOWN);
        sum = SizeRange.sum(sum, SizeRange.product(turns.most(), turn));
        switch (loop.accuInit().getKind()) {
            case CONSTANT -> size(loop.accuInit()).ifPresent(size -> sizes.put(expression.id(), size));
            case LIST, MAP -> {
                sizes.put(expression.id(), turns);
                entries(loop.loopStep()).ifPresent(made -> entries.put(expression.id(), made));
            }
            default -> {
                // of no size that is known
            }
        }
        return sum;
    }

    private CelKind container(CelExpr range) {
        return entries(range)
                .map(Entries::container)
                .orElseGet(() -> type(range).kind());
    }

    private Local key(CelExpr range, String step) {
        return new Local(below(path(range), step), entries(range).map(Entries::key), Optional.empty());
    }

    private Local value(CelExpr range, String step) {
        return new Local(below(path(range), step), entries(range).map(Entries::value), Optional.empty());
    }

    private Local named(CelExpr expression) {
        return new Local(path(expression), size(expression), entries(expression));
    }

    private void push(String name, Local local) {
        locals.computeIfAbsent(name, _ -> new ArrayDeque<>()).push(local);
    }

    private void pop(String name) {
        locals.getOrDefault(name, new ArrayDeque<>()).pop();
    }

    private Optional<Local> local(String name) {
        return Optional.ofNullable(locals.get(name)).map(Deque::peek);
    }

    private CelType type(CelExpr expression) {
        return tree.getType(expression.id()).orElse(SimpleType.DYN);
    }

    private Operand operand(CelExpr expression) {
        return new Operand(type(expression), expression, path(expression), size(expression));
    }

    private List<String> path(CelExpr expression) {
        if (expression.getKind() == Kind.IDENT) {
            var local = local(expression.ident().name());
            if (local.isPresent()) return local.get().path();
        }
        return paths.getOrDefault(expression.id(), List.of());
    }

    private void sameSize(CelExpr to, CelExpr from) {
        size(from).ifPresent(size -> sizes.put(to.id(), size));
        entries(from).ifPresent(made -> entries.put(to.id(), made));
    }

    private Optional<SizeRange> size(CelExpr expression) {
        var known = sizes.get(expression.id());
        if (known != null) return Optional.of(known);
        return written(expression)
                .or(() -> root.at(path(expression)))
                .or(() -> FunctionCosts.isScalar(type(expression)) ? Optional.of(SizeRange.ONE) : Optional.empty())
                .or(() -> expression.getKind() == Kind.IDENT
                        ? local(expression.ident().name()).flatMap(Local::size)
                        : Optional.empty());
    }

    /// Of what stands in the rule itself.
    private static Optional<SizeRange> written(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> {
                var constant = expression.constant();
                yield Optional.of(SizeRange.fixed(
                        switch (constant.getKind()) {
                            case STRING_VALUE ->
                                constant.stringValue()
                                        .codePointCount(
                                                0, constant.stringValue().length());
                            case BYTES_VALUE -> constant.bytesValue().size();
                            default -> 1;
                        }));
            }
            case LIST ->
                Optional.of(SizeRange.fixed(expression.list().elements().size()));
            case MAP -> Optional.of(SizeRange.fixed(expression.map().entries().size()));
            default -> Optional.empty();
        };
    }

    private Optional<Entries> entries(CelExpr expression) {
        var known = entries.get(expression.id());
        if (known != null) return Optional.of(known);
        return expression.getKind() == Kind.IDENT
                ? local(expression.ident().name()).flatMap(Local::entries)
                : Optional.empty();
    }
}
