package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Value;
import dev.holdfast.sandbox.kind.WireForm.Malformed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times in messages: seconds since 1970, and billionths of one.
final class WireTime {

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private WireTime() {}

    /// Null where no time was set.
    static Value seconds(WireReader message) {
        var time = time(message);
        return time.equals(Instant.EPOCH)
                ? Value.none()
                : Value.of(Instant.ofEpochSecond(time.getEpochSecond()).toString());
    }

    static Value micros(WireReader message) {
        var time = time(message);
        return time.equals(Instant.EPOCH) ? Value.none() : Value.of(MICROS.format(time));
    }

    private static Instant time(WireReader message) {
        long seconds = 0;
        long nanos = 0;
        while (message.more()) {
            var item = message.next();
            if (item.number() == 1) seconds = item.whole();
            else if (item.number() == 2) nanos = item.whole();
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException _) {
            throw new Malformed("a time is out of range");
        }
    }
}
