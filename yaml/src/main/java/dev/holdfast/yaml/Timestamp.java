package dev.holdfast.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A point in time as go-yaml reads it: a date alone, or with a time in one of three forms, with Go's own leniency
/// in digits. Go-yaml v2 keeps such texts as texts but quotes them when it writes; v3 turns them into RFC 3339.
record Timestamp(LocalDateTime time, String fraction, int zoneMinutes) {

    private static final Pattern FORM = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
            + "(?:([Tt ])([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]+))?"
            + "(?:Z|([-+])([0-9]{2}):([0-9]{2}))?)?");

    private static final int LONGEST = 64;
    private static final int NANOSECOND_DIGITS = 9;
    private static final int DAY = 24 * 60;

    static boolean is(String text) {
        return of(text).isPresent();
    }

    static Optional<Timestamp> of(String text) {
        if (text.length() < 8 || text.length() > LONGEST || text.charAt(4) != '-') return Optional.empty();
        var form = FORM.matcher(text);
        if (!form.matches()) return Optional.empty();
        try {
            var day = LocalDate.of(number(form, 1), number(form, 2), number(form, 3));
            if (form.group(4) == null) return Optional.of(new Timestamp(day.atStartOfDay(), "", 0));
            boolean zoned = text.endsWith("Z") || form.group(9) != null;
            if (zoned == form.group(4).equals(" ")) return Optional.empty();
            var time = day.atTime(number(form, 5), number(form, 6), number(form, 7));
            return zone(form).map(zone -> new Timestamp(time, fraction(form), zone));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /// Go takes a whole day, and a whole hour, for the offset's parts.
    private static Optional<Integer> zone(Matcher form) {
        if (form.group(9) == null) return Optional.of(0);
        int hours = number(form, 10);
        int minutes = number(form, 11);
        if (hours > 24 || minutes > 60) return Optional.empty();
        int offset = hours * 60 + minutes;
        return Optional.of(form.group(9).equals("-") ? -offset : offset);
    }

    private static String fraction(Matcher form) {
        var digits = form.group(8) == null ? "" : form.group(8);
        int end = Math.min(digits.length(), NANOSECOND_DIGITS);
        while (end > 0 && digits.charAt(end - 1) == '0') end--;
        return digits.substring(0, end);
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }

    /// As Go's JSON prints it; empty where it refuses to, at an offset of a day or more.
    Optional<String> json() {
        int size = Math.abs(zoneMinutes);
        if (size >= DAY) return Optional.empty();
        var text = new StringBuilder()
                .append(padded(time.getYear(), 4))
                .append('-')
                .append(padded(time.getMonthValue(), 2))
                .append('-')
                .append(padded(time.getDayOfMonth(), 2));
        text.append('T').append(padded(time.getHour(), 2)).append(':').append(padded(time.getMinute(), 2));
        text.append(':').append(padded(time.getSecond(), 2));
        if (!fraction.isEmpty()) text.append('.').append(fraction);
        if (size == 0) return Optional.of(text.append('Z').toString());
        text.append(zoneMinutes < 0 ? '-' : '+').append(padded(size / 60, 2)).append(':');
        return Optional.of(text.append(padded(size % 60, 2)).toString());
    }

    private static String padded(int number, int width) {
        var digits = Integer.toString(number);
        return "0".repeat(width - digits.length()) + digits;
    }
}
