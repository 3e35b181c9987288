package dev.holdfast.sandbox.kind;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/// An amount as Kubernetes writes it: a decimal number with a suffix (`500m`, `1.5Gi`, `12e6`). The text is the one
/// that the API server would answer with, which is not always canonical: a spelling that looks canonical to its
/// quick check (`12.345`, `+5`) is kept as it was sent.
public final class Quantity implements Comparable<Quantity> {

    public static final String FORMAT_ERROR =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    public static final String SUFFIX_ERROR = "unable to parse quantity's suffix";
    private static final String NUMERIC_ERROR = "unable to parse numeric part of quantity";

    /// Nobody means a longer text, and every digit costs.
    private static final int MAX_LENGTH = 512;
    private static final int QUICK_DIGITS = 18;
    private static final int NANO = -9;
    private static final BigDecimal SMALLEST = BigDecimal.ONE.movePointLeft(9);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigInteger KIBI = BigInteger.valueOf(1024);

    private final BigDecimal amount;
    private final QuantityText.Format format;
    private final String text;

    private Quantity(BigDecimal amount, QuantityText.Format format, String text) {
        this.amount = amount;
        this.format = format;
        this.text = text;
    }

    /// The quantity, or why the text is none, in the API server's words.
    public sealed interface Parsed {
        record Good(Quantity quantity) implements Parsed {}

        record Bad(String message) implements Parsed {}
    }

    public static Parsed parse(String text) {
        if (text.equals("0")) return new Parsed.Good(new Quantity(BigDecimal.ZERO, QuantityText.Format.DECIMAL, "0"));
        if (text.isEmpty() || text.length() > MAX_LENGTH) return new Parsed.Bad(FORMAT_ERROR);
        var parts = QuantityText.split(text);
        if (parts.isEmpty()) return new Parsed.Bad(FORMAT_ERROR);
        var unit = QuantityText.unit(parts.get().suffix());
        if (unit.isEmpty()) return new Parsed.Bad(SUFFIX_ERROR);
        if (parts.get().digits().isEmpty()) return new Parsed.Bad(NUMERIC_ERROR);
        return new Parsed.Good(of(text, parts.get(), unit.get()));
    }

    /// The quantity in a text that is one; empty otherwise.
    public static Optional<Quantity> find(String text) {
        return switch (parse(text)) {
            case Parsed.Good(var quantity) -> Optional.of(quantity);
            case Parsed.Bad _ -> Optional.empty();
        };
    }

    private static Quantity of(String text, QuantityText.Parts parts, QuantityText.Unit unit) {
        var unscaled = new BigInteger(parts.digits());
        if (!parts.positive()) unscaled = unscaled.negate();
        int scale = (unit.binary() ? 0 : unit.exponent()) - parts.fraction().length();
        boolean quick = quick(parts, unit, scale);
        var exact = exact(unscaled, parts.fraction().length(), unit);
        var amount = quick ? exact : bounded(exact, unit);
        var format = unit.format();
        if (!quick) {
            if (format == QuantityText.Format.BINARY && amount.signum() > 0 && amount.compareTo(BigDecimal.ONE) < 0) {
                format = QuantityText.Format.DECIMAL;
            }
            return new Quantity(amount, format, canonical(amount, format));
        }
        boolean kept = unit.binary()
                ? unit.exponent() % 10 == 0 && (unscaled.longValue() & 7) != 0
                : scale % 3 == 0
                        && !parts.shifted().endsWith("000")
                        && !parts.shifted().startsWith("0");
        return new Quantity(amount, format, kept ? text : canonical(amount, format));
    }

    /// Whether the server takes its quick way, where neither rounding nor capping happens.
    private static boolean quick(QuantityText.Parts parts, QuantityText.Unit unit, int scale) {
        if (unit.binary()) {
            int room = 15 - parts.whole().length() - (int) (unit.exponent() * 3 / 10f) - 1;
            return parts.fraction().isEmpty() && room >= 0;
        }
        return QUICK_DIGITS - parts.shifted().length() >= 0 && scale >= NANO;
    }

    private static BigDecimal exact(BigInteger unscaled, int fraction, QuantityText.Unit unit) {
        if (unscaled.signum() == 0) return BigDecimal.ZERO;
        return unit.binary()
                ? new BigDecimal(unscaled.shiftLeft(unit.exponent()), fraction)
                : new BigDecimal(unscaled, fraction - unit.exponent());
    }

    /// Rounded away from zero to billionths; a binary amount never beyond what 64 bits hold.
    private static BigDecimal bounded(BigDecimal amount, QuantityText.Unit unit) {
        if (amount.signum() == 0) return amount;
        var size = amount.abs();
        // compared first: rounding a number with a huge negative exponent would build a huge power of ten
        if (size.compareTo(SMALLEST) < 0) size = SMALLEST;
        else if (size.scale() > -NANO) size = size.setScale(-NANO, RoundingMode.UP);
        if (unit.binary() && size.compareTo(LARGEST) > 0) size = LARGEST;
        return amount.signum() < 0 ? size.negate() : size;
    }

    private static String canonical(BigDecimal amount, QuantityText.Format format) {
        if (amount.signum() == 0) return "0";
        boolean small = amount.abs().compareTo(BigDecimal.valueOf(1024)) < 0;
        if (format == QuantityText.Format.BINARY && !small && whole(amount)) return binary(amount.toBigInteger());
        var stripped = amount.stripTrailingZeros();
        int exponent = -stripped.scale();
        int digits = Math.floorMod(exponent, 3);
        var mantissa = stripped.unscaledValue().multiply(BigInteger.TEN.pow(digits));
        return QuantityText.decimal(
                mantissa,
                exponent - digits,
                format == QuantityText.Format.EXPONENT ? format : QuantityText.Format.DECIMAL);
    }

    private static boolean whole(BigDecimal amount) {
        return amount.stripTrailingZeros().scale() <= 0;
    }

    private static String binary(BigInteger amount) {
        int power = 0;
        while (power < 6 && amount.mod(KIBI).signum() == 0) {
            amount = amount.divide(KIBI);
            power++;
        }
        return amount + QuantityText.binarySuffix(power);
    }

    /// Rounded up (away from zero) to thousandths, as the server does with amounts of resources.
    public Quantity roundedToMilli() {
        if (amount.scale() <= 3 || amount.stripTrailingZeros().scale() <= 3) return this;
        var rounded = amount.setScale(3, RoundingMode.UP);
        return new Quantity(rounded, format, canonical(rounded, format));
    }

    /// The exact amount. Its exponent may be huge: compare it, don't expand it.
    public BigDecimal amount() {
        return amount;
    }

    /// Without a fraction.
    public boolean isWhole() {
        return amount.stripTrailingZeros().scale() <= 0;
    }

    public int signum() {
        return amount.signum();
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity that && amount.compareTo(that.amount) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
