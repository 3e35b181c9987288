package dev.holdfast.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Times as servers write them, `2026-01-31T23:59:59Z`, read without the general parser, which costs twenty times
/// as much: every entry of managed fields has one, every condition, and every object two.
public final class UsualTime {

    private static final String PATTERN = "0000-00-00T00:00:00Z";

    private UsualTime() {}

    /// Whether a text is spelt so; a day that no month has is not found out here.
    public static boolean fits(String text) {
        if (text.length() != PATTERN.length()) return false;
        for (int i = 0; i < PATTERN.length(); i++) {
            char wanted = PATTERN.charAt(i);
            char found = text.charAt(i);
            boolean fits = wanted == '0' ? found >= '0' && found <= '9' : found == wanted;
            if (!fits) return false;
        }
        return true;
    }

    /// Null where the text is written in another way, or is no time.
    public static @Nullable Instant parse(String text) {
        if (!fits(text)) return null;
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) return null;
        try {
            var day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
            return Instant.ofEpochSecond(day.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    /// In this or any other way that {@link Instant#parse} reads; empty where it is no time.
    public static Optional<Instant> read(String text) {
        var usual = parse(text);
        if (usual != null) return Optional.of(usual);
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    private static int number(String text, int from, int until) {
        int number = 0;
        for (int i = from; i < until; i++) number = number * 10 + text.charAt(i) - '0';
        return number;
    }
}
