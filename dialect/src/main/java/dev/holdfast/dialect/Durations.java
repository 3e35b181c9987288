package dev.holdfast.dialect;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as Kubernetes tools write them: `30s`, `5m`, `1h30m`, `500ms`.
final class Durations {

    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private Durations() {}

    /// Empty where the text is no such duration, or is zero.
    static Optional<Duration> parse(String text) {
        var part = PART.matcher(text);
        var sum = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
            end = part.end();
        }
        return end == text.length() && !sum.isZero() ? Optional.of(sum) : Optional.empty();
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
