package dev.holdfast.fields;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// `2026-11-21T10:00:00Z`, the form in which every API server writes times. Each object has several, and the
/// general parser takes longer for one than all else does for the entry that it stands in.
final class WholeSeconds {

    private static final String FORM = "dddd-dd-ddTdd:dd:ddZ";

    private WholeSeconds() {}

    /// Null for any other form.
    /// @throws java.time.DateTimeException where such a day or hour does not exist
    static @Nullable Instant parse(String text) {
        if (text.length() != FORM.length()) return null;
        for (int i = 0; i < FORM.length(); i++) {
            char c = text.charAt(i);
            char wanted = FORM.charAt(i);
            boolean fits = wanted == 'd' ? c >= '0' && c <= '9' : c == wanted;
            if (!fits) return null;
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19))
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) number = number * 10 + text.charAt(i) - '0';
        return number;
    }
}
