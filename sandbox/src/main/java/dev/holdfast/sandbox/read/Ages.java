package dev.holdfast.sandbox.read;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/// Spans of time as tables show them: two units where the larger one is small, else one.
public final class Ages {

    private Ages() {}

    /// The time since a timestamp; `<unknown>` where there is none.
    public static String since(String timestamp, Instant now) {
        try {
            return timestamp.isEmpty() ? "<unknown>" : written(Duration.between(Instant.parse(timestamp), now));
        } catch (DateTimeException broken) {
            return "<invalid>";
        }
    }

    public static String written(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < -1) return "<invalid>";
        if (seconds < 0) return "0s";
        if (seconds < 120) return seconds + "s";
        long minutes = seconds / 60;
        if (minutes < 10) return minutes + "m" + rest(seconds % 60, "s");
        if (minutes < 180) return minutes + "m";
        long hours = minutes / 60;
        if (hours < 8) return hours + "h" + rest(minutes % 60, "m");
        if (hours < 48) return hours + "h";
        long days = hours / 24;
        if (days < 8) return days + "d" + rest(hours % 24, "h");
        if (days < 730) return days + "d";
        long years = days / 365;
        return years < 8 ? years + "y" + rest(days % 365, "d") : years + "y";
    }

    private static String rest(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }
}
