package dev.holdfast.sandbox.rule;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.holdfast.sandbox.rule.RuleCost.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one call costs at worst, apart from its operands, and how large its result is. Source: the facts of
/// k8s.io/apiserver's `pkg/cel/library/cost.go`, which go before those of cel-go's `checker/cost.go` and `ext`.
record FunctionCosts(
        SchemaSizes root, String function, String overload, Optional<Operand> target, List<Operand> operands) {

    /// For each character that is gone through.
    private static final double CHARACTER = 0.1;
    /// For each character of a regular expression, on each unit of the text.
    private static final double PATTERN = 0.25;
    /// The longest regular expression of a named format.
    private static final double FORMAT_PATTERN = 128;
    private static final double LONGEST_FORMAT = 64;
    private static final long NEW_LIST = 10;

    record Estimate(long cost, Optional<SizeRange> result) {
        static Estimate of(long cost) {
            return new Estimate(cost, Optional.empty());
        }
    }

    Estimate estimate() {
        return switch (function) {
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" ->
                target.map(this::eachItem).orElse(Estimate.of(1));
            case "url" -> through(size(0));
            case "lowerAscii", "upperAscii", "substring", "trim" -> through(size());
            case "replace" -> new Estimate(size().cost(2 * CHARACTER), Optional.of(replaced()));
            case "split" -> new Estimate(size().cost(2 * CHARACTER), Optional.of(SizeRange.upTo(pieces())));
            case "join" -> through(joined());
            case "find", "findAll" ->
                new Estimate(matching(size(), size(0)), Optional.of(SizeRange.upTo(size().most())));
            case "cidr", "isIP", "isCIDR", "quantity", "isQuantity", "semver", "isSemver" ->
                Estimate.of(size(0).cost(CHARACTER));
            case "ip" -> Estimate.of(operands.isEmpty() ? 1 : size(0).cost(CHARACTER));
            case "ip.isCanonical" -> Estimate.of(size(0).cost(2 * CHARACTER));
            case "containsIP" -> Estimate.of(SizeRange.sum(4, parsing()));
            case "containsCIDR" -> Estimate.of(SizeRange.sum(4 + 2 + 1, parsing()));
            case "validate" -> Estimate.of(SizeRange.scaled(size(0).cost(CHARACTER), FORMAT_PATTERN * PATTERN));
            case "sets.contains", "sets.intersects" -> Estimate.of(pairs(1));
            case "sets.equivalent" -> Estimate.of(pairs(2));
            case "slice", "flatten", "lists.range", "reverse", "distinct", "sort", "lists.@sortByAssociatedKeys" ->
                ofLists();
            case "_==_" -> equality();
            default -> standard();
        };
    }

    private SizeRange size() {
        return target.map(Operand::size).orElse(SizeRange.UNKNOWN);
    }

    private SizeRange size(int operand) {
        return operand < operands.size() ? operands.get(operand).size() : SizeRange.UNKNOWN;
    }

    private static Estimate through(SizeRange size) {
        return new Estimate(size.cost(CHARACTER), Optional.of(size));
    }

    private Estimate eachItem(Operand list) {
        var item = item(list);
        // texts have these functions, too
        if (item.isEmpty()) return Estimate.of(list.size().cost(CHARACTER));
        boolean texts = list.type().parameters().getFirst().kind() == CelKind.STRING
                || list.type().parameters().getFirst().kind() == CelKind.BYTES;
        long each = texts ? SizeRange.sum(1, item.get().cost(CHARACTER)) : 1;
        return Estimate.of(SizeRange.product(list.size().most(), each));
    }

    /// How large an item is by the schema; of lists that the rule makes, nothing is known.
    private Optional<SizeRange> item(Operand list) {
        if (list.type().parameters().isEmpty()) return Optional.empty();
        if (list.path().isEmpty()) return Optional.of(SizeRange.UNKNOWN);
        var path = new ArrayList<>(list.path());
        path.add(SchemaSizes.ITEMS);
        return Optional.of(root.at(path).orElse(SizeRange.UNKNOWN));
    }

    /// The longest and the shortest that replacing can make of a text.
    private SizeRange replaced() {
        var text = size();
        var from = size(0);
        var to = size(1);
        long most;
        if (from.least() == 0)
            most = SizeRange.sum(SizeRange.product(SizeRange.sum(text.most(), 1), to.most()), text.most());
        else if (to.most() <= from.least()) most = text.most();
        else most = SizeRange.product(Math.ceilDiv(text.most(), from.least()), to.most());
        long least;
        if (from.most() == 0)
            least = SizeRange.sum(SizeRange.product(SizeRange.sum(text.least(), 1), to.least()), text.least());
        else if (from.most() <= to.least()) least = 0;
        else least = SizeRange.product(Math.ceilDiv(text.least(), from.most()), to.least());
        return new SizeRange(least, most);
    }

    private long pieces() {
        return constant(1).orElse(size().most());
    }

    private Optional<Long> constant(int operand) {
        if (operand >= operands.size()) return Optional.empty();
        var expression = operands.get(operand).expression();
        return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && expression.constant().getKind() == CelConstant.Kind.INT64_VALUE
                ? Optional.of(expression.constant().int64Value())
                : Optional.empty();
    }

    private SizeRange joined() {
        var list = size();
        var all = target.flatMap(this::item).map(list::times).orElse(SizeRange.fixed(0));
        if (operands.isEmpty()) return all;
        var between = new SizeRange(Math.max(0, list.least() - 1), Math.max(0, list.most() - 1));
        return all.plus(size(0).times(between));
    }

    private static long matching(SizeRange text, SizeRange pattern) {
        return SizeRange.product(text.plus(SizeRange.ONE).cost(CHARACTER), pattern.cost(PATTERN));
    }

    /// Of an address or network that is written as text.
    private long parsing() {
        boolean text = operands.stream().anyMatch(operand -> operand.type().kind() == CelKind.STRING);
        return text ? SizeRange.scaled(size(0).most(), CHARACTER) : 0;
    }

    private long pairs(double factor) {
        return SizeRange.sum(1, SizeRange.scaled(SizeRange.product(size(0).most(), size(1).most()), factor));
    }

    private Estimate ofLists() {
        return switch (function) {
            case "slice" -> {
                long from = constant(0).orElse(0L);
                long to = constant(1).orElse(size().most());
                yield made(1, SizeRange.fixed(Math.max(0, to - from)));
            }
            case "lists.range" -> made(1, SizeRange.fixed(constant(0).orElse(SizeRange.ENDLESS)));
            case "flatten" -> made(operands.isEmpty() ? 1 : constant(0).orElse(SizeRange.ENDLESS), size());
            case "distinct" -> made(2, size().times(size()));
            case "sort" -> made(comparing(target), size().times(size()));
            case "lists.@sortByAssociatedKeys" ->
                made(comparing(operands.stream().findFirst()), size(0).times(size(0)));
            // a list or, from a later version on, a text
            default -> made(1, size());
        };
    }

    private static double comparing(Optional<Operand> list) {
        boolean texts = list.stream()
                .flatMap(operand -> operand.type().parameters().stream())
                .anyMatch(type -> type.kind() == CelKind.STRING || type.kind() == CelKind.BYTES);
        return texts ? 2 + CHARACTER : 2;
    }

    private static Estimate made(double factor, SizeRange size) {
        return new Estimate(SizeRange.sum(size.cost(factor), NEW_LIST + 1), Optional.of(size));
    }

    private Estimate equality() {
        var left = operands.getFirst().type();
        if (left.equals(operands.getLast().type())) {
            if (left.equals(OwnTypes.FORMAT)) return Estimate.of(SizeRange.scaled((long) LONGEST_FORMAT, CHARACTER));
            if (OwnTypes.ALL.stream().anyMatch(own -> own.type().equals(left))) return Estimate.of(1);
        }
        return standard();
    }

    private Estimate standard() {
        return switch (overload) {
            case "string_format" -> Estimate.of(size().cost(CHARACTER));
            case "string_to_bytes" ->
                new Estimate(
                        size(0).cost(CHARACTER),
                        Optional.of(new SizeRange(size(0).least(), SizeRange.product(size(0).most(), 4))));
            case "bytes_to_string" ->
                new Estimate(size(0).cost(CHARACTER), Optional.of(new SizeRange(size(0).least() / 4, size(0).most())));
            case "starts_with_string", "ends_with_string" -> Estimate.of(size(0).cost(CHARACTER));
            case "in_list" -> Estimate.of(size(1).most());
            case "matches_string" -> Estimate.of(matching(size(), size(0)));
            case "contains_string" -> Estimate.of(SizeRange.product(size().cost(CHARACTER), size(0).cost(CHARACTER)));
            case "add_string", "add_bytes" -> through(size(0).plus(size(1)));
            case "add_list" -> new Estimate(1, Optional.of(size(0).plus(size(1))));
            case "less_string",
                    "greater_string",
                    "less_equals_string",
                    "greater_equals_string",
                    "less_bytes",
                    "greater_bytes",
                    "less_equals_bytes",
                    "greater_equals_bytes",
                    "equals",
                    "not_equals" -> Estimate.of(SizeRange.scaled(Math.min(size(0).most(), size(1).most()), CHARACTER));
            default -> Estimate.of(1);
        };
    }

    /// Of one size always. An optional scalar is one, too.
    static boolean isScalar(CelType type) {
        return switch (type.kind()) {
            case BOOL, DOUBLE, DURATION, INT, TIMESTAMP, UINT -> true;
            case OPAQUE ->
                type.name().equals("optional_type")
                        && isScalar(type.parameters().getFirst());
            default -> false;
        };
    }
}
