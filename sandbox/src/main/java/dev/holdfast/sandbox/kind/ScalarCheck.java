package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.regex.Pattern;

/// Texts and numbers against a schema.
final class ScalarCheck {

    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");

    private ScalarCheck() {}

    static void text(Mapping schema, String text, String path, Problems problems) {
        long length = text.codePointCount(0, text.length());
        if (schema.get("maxLength") instanceof Value.Whole(var most, var _) && length > most) {
            problems.tooLong(path, most);
            return;
        }
        if (schema.get("minLength") instanceof Value.Whole(var least, var _) && length < least) {
            problems.invalid(path, text, path + " in body should be at least " + least + " chars long");
            return;
        }
        var pattern = schema.text("pattern").orElse("");
        if (!pattern.isEmpty() && !SafePattern.occurs(pattern, text).orElse(false)) {
            problems.invalid(path, text, path + " in body should match '" + pattern + "'");
            return;
        }
        var format = schema.text("format").orElse("");
        if (!format.isEmpty() && !hasFormat(format, text)) {
            problems.typeInvalid(
                    path, Value.of(text), path + " in body must be of type " + format + ": " + Problems.quoted(text));
        }
    }

    /// Formats that the server doesn't know hold for every text.
    private static boolean hasFormat(String format, String text) {
        return switch (format.replace("-", "")) {
            case "datetime" -> parses(() -> OffsetDateTime.parse(text.replace(' ', 'T')));
            case "date" -> parses(() -> LocalDate.parse(text));
            case "ipv4" -> isIpv4(text);
            case "ipv6" -> text.contains(":") && IPV6.matcher(text).matches();
            case "uuid" -> text.length() <= 36 && UUID.matcher(text).matches();
            case "byte" -> isBase64(text);
            default -> true;
        };
    }

    private static boolean isIpv4(String text) {
        var matcher = IPV4.matcher(text);
        if (text.length() > 15 || !matcher.matches()) return false;
        for (int i = 1; i <= 4; i++) {
            if (Integer.parseInt(matcher.group(i)) > 255) return false;
        }
        return true;
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean parses(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    static void number(Mapping schema, Value value, String path, Problems problems) {
        var number = exact(value);
        range(schema, value, path, problems);
        if (schema.get("multipleOf") instanceof Value step
                && exact(step).signum() > 0
                && number.remainder(exact(step)).signum() != 0) {
            problems.invalid(path, value, path + " in body should be a multiple of " + Problems.shown(step));
        }
        if (schema.get("minimum") instanceof Value least) {
            boolean open = schema.bool("exclusiveMinimum").orElse(false);
            int compared = number.compareTo(exact(least));
            if (compared < 0 || open && compared == 0) {
                var words = open ? " in body should be greater than " : " in body should be greater than or equal to ";
                problems.invalid(path, value, path + words + Problems.shown(least));
            }
        }
        if (schema.get("maximum") instanceof Value most) {
            boolean open = schema.bool("exclusiveMaximum").orElse(false);
            int compared = number.compareTo(exact(most));
            if (compared > 0 || open && compared == 0) {
                var words = open ? " in body should be less than " : " in body should be less than or equal to ";
                problems.invalid(path, value, path + words + Problems.shown(most));
            }
        }
    }

    private static void range(Mapping schema, Value value, String path, Problems problems) {
        boolean small = schema.text("format").orElse("").equals("int32")
                && schema.text("type").orElse("").equals("integer");
        if (!small || !(value instanceof Value.Whole(var whole, var _)) || whole == (int) whole) return;
        problems.invalid("<nil>", "", "Checked value must be of type integer with format int32 in " + path);
    }

    private static BigDecimal exact(Value value) {
        return switch (value) {
            case Value.Whole(var whole, var _) -> BigDecimal.valueOf(whole);
            case Value.Real(var real, var _, var _) ->
                Double.isFinite(real) ? BigDecimal.valueOf(real) : BigDecimal.ZERO;
            case Value _ -> BigDecimal.ZERO;
        };
    }
}
