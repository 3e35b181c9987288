package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.FaultException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WatchLineTest {

    @Test
    void findsTypeUidAndVersionOfTheObjectItself() {
        var line = of("{\"type\":\"MODIFIED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{"
                + "\"name\":\"a\",\"ownerReferences\":[{\"uid\":\"other\"}],\"uid\":\"u-1\",\"resourceVersion\":\"17\"},"
                + "\"spec\":{\"metadata\":{\"uid\":\"inner\"}}}}");

        assertThat(line).isEqualTo(new WatchLine("MODIFIED", "u-1", "17"));
    }

    @Test
    void findsThemInAnyOrder() {
        var line = of("{\"object\":{\"data\":{\"uid\":\"no\"},\"metadata\":{\"resourceVersion\":\"17\",\"uid\":\"u\"}},"
                + "\"type\":\"ADDED\"}");

        assertThat(line).isEqualTo(new WatchLine("ADDED", "u", "17"));
    }

    @Test
    void leavesEmptyWhatIsMissing() {
        assertThat(of("{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"9\"}}}"))
                .isEqualTo(new WatchLine("BOOKMARK", "", "9"));
        assertThat(of("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"metadata\":{},\"code\":410}}"))
                .isEqualTo(new WatchLine("ERROR", "", ""));
    }

    @Test
    void skipsObjectsThatAreDeeperThanAnyReaderAccepts() {
        var deep = "[".repeat(5_000) + "]".repeat(5_000);

        assertThat(of("{\"type\":\"ADDED\",\"object\":{\"a\":" + deep
                        + ",\"metadata\":{\"uid\":\"u\",\"resourceVersion\":\"1\"}}}"))
                .isEqualTo(new WatchLine("ADDED", "u", "1"));
    }

    @Test
    void refusesBrokenLines() {
        for (var line : new String[] {"", "x", "[]", "{\"type\":", "{\"type\":\"ADDED\",\"object\":{\"metadata\":{"}) {
            var thrown = catchThrowableOfType(FaultException.class, () -> of(line));
            assertThat(thrown).as(line).isNotNull();
            assertThat(thrown.fault().code()).isEqualTo("InvalidJson");
        }
    }

    private static WatchLine of(String text) {
        return WatchLine.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
