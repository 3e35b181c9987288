package dev.holdfast.sandbox.rule;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.holdfast.sandbox.rule.OwnTypes.FORMAT;
import static dev.holdfast.sandbox.rule.OwnTypes.QUANTITY;
import static dev.holdfast.sandbox.rule.OwnTypes.VERSION;

import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import dev.cel.runtime.CelEvaluationException;
import dev.holdfast.sandbox.kind.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Quantities, versions and named formats in rules, as Kubernetes' libraries of these names have them.
final class ValueFunctions {

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private ValueFunctions() {}

    static void addTo(Functions functions) {
        quantities(functions);
        versions(functions);
        formats(functions);
    }

    private static void quantities(Functions functions) {
        functions
                .function("quantity", QUANTITY, values -> parsed((String) values.getFirst()), STRING)
                .function(
                        "isQuantity",
                        BOOL,
                        values -> Quantity.find((String) values.getFirst()).isPresent(),
                        STRING)
                .method(
                        "sign",
                        INT,
                        values -> (long) quantity(values.getFirst()).signum(),
                        QUANTITY)
                .method(
                        "isInteger",
                        BOOL,
                        values -> whole(quantity(values.getFirst())).isPresent(),
                        QUANTITY)
                .method(
                        "asInteger",
                        INT,
                        values -> whole(quantity(values.getFirst()))
                                .orElseThrow(() -> new CelEvaluationException("cannot convert value to integer")),
                        QUANTITY)
                .method(
                        "asApproximateFloat",
                        DOUBLE,
                        values -> quantity(values.getFirst()).amount().doubleValue(),
                        QUANTITY)
                .method(
                        "isGreaterThan",
                        BOOL,
                        values -> quantity(values.getFirst()).compareTo(quantity(values.get(1))) > 0,
                        QUANTITY,
                        QUANTITY)
                .method(
                        "isLessThan",
                        BOOL,
                        values -> quantity(values.getFirst()).compareTo(quantity(values.get(1))) < 0,
                        QUANTITY,
                        QUANTITY)
                .method(
                        "compareTo",
                        INT,
                        values -> (long) quantity(values.getFirst()).compareTo(quantity(values.get(1))),
                        QUANTITY,
                        QUANTITY);
        for (var other : new dev.cel.common.types.CelType[] {QUANTITY, INT}) {
            functions
                    .method("add", QUANTITY, values -> sum(values.getFirst(), amount(values.get(1))), QUANTITY, other)
                    .method(
                            "sub",
                            QUANTITY,
                            values ->
                                    sum(values.getFirst(), amount(values.get(1)).negate()),
                            QUANTITY,
                            other);
        }
    }

    private static Quantity parsed(String text) throws CelEvaluationException {
        return switch (Quantity.parse(text)) {
            case Quantity.Parsed.Good(var quantity) -> quantity;
            case Quantity.Parsed.Bad(var message) -> throw new CelEvaluationException(message);
        };
    }

    private static Quantity quantity(Object value) {
        return (Quantity) value;
    }

    private static Optional<Long> whole(Quantity quantity) {
        var amount = quantity.amount();
        boolean fits = amount.compareTo(LEAST) >= 0 && amount.compareTo(MOST) <= 0;
        return fits && amount.stripTrailingZeros().scale() <= 0 ? Optional.of(amount.longValue()) : Optional.empty();
    }

    private static BigDecimal amount(Object value) {
        return value instanceof Quantity quantity ? quantity.amount() : BigDecimal.valueOf((Long) value);
    }

    private static Quantity sum(Object quantity, BigDecimal other) throws CelEvaluationException {
        return parsed(quantity(quantity).amount().add(other).toPlainString());
    }

    private static void versions(Functions functions) {
        functions
                .function("semver", VERSION, values -> version((String) values.getFirst()), STRING)
                .function(
                        "semver",
                        VERSION,
                        values -> version(spelt(values)),
                        STRING,
                        BOOL)
                .function(
                        "isSemver",
                        BOOL,
                        values -> Version.find((String) values.getFirst()).isPresent(),
                        STRING)
                .function(
                        "isSemver",
                        BOOL,
                        values -> Version.find(spelt(values))
                                .isPresent(),
                        STRING,
                        BOOL)
                .method("major", INT, values -> ((Version) values.getFirst()).major(), VERSION)
                .method("minor", INT, values -> ((Version) values.getFirst()).minor(), VERSION)
                .method("patch", INT, values -> ((Version) values.getFirst()).patch(), VERSION)
                .method(
                        "isGreaterThan",
                        BOOL,
                        values -> ((Version) values.getFirst()).compareTo((Version) values.get(1)) > 0,
                        VERSION,
                        VERSION)
                .method(
                        "isLessThan",
                        BOOL,
                        values -> ((Version) values.getFirst()).compareTo((Version) values.get(1)) < 0,
                        VERSION,
                        VERSION)
                .method(
                        "compareTo",
                        INT,
                        values -> (long) ((Version) values.getFirst()).compareTo((Version) values.get(1)),
                        VERSION,
                        VERSION);
    }

    private static String spelt(List<Object> values) {
        var text = (String) values.getFirst();
        return Boolean.TRUE.equals(values.get(1)) ? Version.normalized(text) : text;
    }

    private static Version version(String text) throws CelEvaluationException {
        return Version.find(text).orElseThrow(() -> new CelEvaluationException("invalid semver: " + text));
    }

    private static void formats(Functions functions) {
        for (var format : NamedFormat.ALL.values()) {
            functions.function("format." + format.name(), FORMAT, _ -> format);
        }
        functions
                .function(
                        "format.named",
                        OptionalType.create(FORMAT),
                        values -> Optional.ofNullable(NamedFormat.ALL.get((String) values.getFirst())),
                        STRING)
                .method(
                        "validate",
                        OptionalType.create(ListType.create(STRING)),
                        values -> ((NamedFormat) values.getFirst()).validate((String) values.get(1)),
                        FORMAT,
                        STRING);
    }
}
