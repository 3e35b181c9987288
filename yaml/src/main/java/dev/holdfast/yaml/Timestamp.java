package dev.holdfast.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/// Which texts go-yaml v2 takes for a point in time: a date alone, or with a time in one of three forms. They stay
/// texts when read, but are quoted when written.
final class Timestamp {

    private static final Pattern FORM = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
            + "(?:[Tt ]([0-9]{2}):([0-9]{1,2}):([0-9]{1,2})(?:\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?");

    private static final int LONGEST = 64;

    private Timestamp() {}

    static boolean is(String text) {
        if (text.length() < 8 || text.length() > LONGEST || text.charAt(4) != '-') return false;
        var form = FORM.matcher(text);
        if (!form.matches()) return false;
        if (form.group(4) == null) return day(form.group(1), form.group(2), form.group(3));
        boolean spaced = text.indexOf(' ') > 0;
        if (spaced == (form.group(7) != null)) return false;
        return day(form.group(1), form.group(2), form.group(3))
                && Integer.parseInt(form.group(4)) < 24
                && Integer.parseInt(form.group(5)) < 60
                && Integer.parseInt(form.group(6)) < 60;
    }

    private static boolean day(String year, String month, String day) {
        try {
            LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            return true;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }
}
