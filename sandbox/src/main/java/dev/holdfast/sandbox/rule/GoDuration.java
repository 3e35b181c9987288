package dev.holdfast.sandbox.rule;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Pattern;

/// Lengths of time as Go writes them: `1h30m`, `-1.5s`, `100ms`.
final class GoDuration {

    private static final Pattern WHOLE = Pattern.compile("[+-]?(0|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");

    private GoDuration() {}

    /// Throws {@link IllegalArgumentException} for any other text.
    static Duration parse(String text) {
        if (text.length() > 100 || !WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
        }
        var nanos = BigDecimal.ZERO;
        var parts = PART.matcher(text);
        while (parts.find()) nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(unit(parts.group(2))));
        var length = Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
        return text.startsWith("-") ? length.negated() : length;
    }

    private static BigDecimal unit(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1L;
                    case "us", "µs" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    default -> 3_600_000_000_000L;
                });
    }
}
