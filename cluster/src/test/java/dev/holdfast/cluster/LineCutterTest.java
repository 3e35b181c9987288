package dev.holdfast.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineCutterTest {

    private static List<String> cut(String text, int pieces) throws IOException {
        var cutter = new LineCutter(1000);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var lines = new ArrayList<String>();
        for (int at = 0; at < bytes.length; at += pieces) {
            cutter.add(ByteBuffer.wrap(bytes, at, Math.min(pieces, bytes.length - at)));
            for (var line = cutter.next(); line != null; line = cutter.next()) {
                lines.add(new String(line, StandardCharsets.UTF_8));
            }
        }
        var rest = cutter.rest();
        if (rest != null) lines.add(new String(rest, StandardCharsets.UTF_8));
        return lines;
    }

    @Test
    void linesAreTheSameHoweverTheBytesArrive() throws IOException {
        var text = "one\r\n\nthree é\r\rx\nlast";
        for (int pieces = 1; pieces < 30; pieces++) {
            assertThat(cut(text, pieces)).as("pieces of %d", pieces).containsExactly("one", "", "three é\r\rx", "last");
        }
    }

    @Test
    void aLineBeyondTheBoundIsAnError() throws IOException {
        assertThat(cut("x".repeat(1000) + "\n", 7)).hasSize(1);
        assertThatThrownBy(() -> cut("x".repeat(1001), 1001)).isInstanceOf(LineCutter.LineTooLongException.class);
        assertThatThrownBy(() -> cut("x".repeat(1001), 7)).isInstanceOf(LineCutter.LineTooLongException.class);
    }

    @Test
    void aWatchMayBeSilentUntilTheServerEndsIt() {
        assertThat(WatchTimes.idleMillis("/api/v1/pods?watch=true&timeoutSeconds=300"))
                .isEqualTo(315_000);
        assertThat(WatchTimes.idleMillis("/api/v1/pods?timeoutSeconds=10&watch=true"))
                .isEqualTo(25_000);
        assertThat(WatchTimes.idleMillis("/api/v1/pods?watch=true")).isEqualTo(3_600_000);
    }
}
