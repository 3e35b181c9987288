package dev.holdfast.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Fault;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.port.Cluster.ApiStatus;
import dev.holdfast.port.Cluster.Cause;
import dev.holdfast.testkit.SharedCases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusesTest {

    private static Reply reply(int status, String body) {
        return new Reply(status, List.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /// An answer as curl recorded it.
    private static ApiStatus recorded(String file) throws IOException {
        var text = Files.readString(SharedCases.find("recordings/kubernetes-1.34/" + file));
        var parts = text.replace("\r", "").split("\n\n", 2);
        var lines = parts[0].split("\n");
        var headers = new ArrayList<Header>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.add(new Header(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).trim()));
        }
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        return Statuses.of(new Reply(status, headers, parts[1].getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aMissingObjectAndAMissingApiAreToldApart() throws IOException {
        assertThat(recorded("notfound.http").reason()).isEqualTo("NotFound");
        var unknown = recorded("unknown-resource.http");
        assertThat(unknown.reason()).isEqualTo(Statuses.NO_SUCH_API);
        assertThat(unknown.message()).isEqualTo("404 page not found");
        assertThat(Statuses.fault(unknown, "list widgets").code()).isEqualTo(Statuses.NO_SUCH_API);
    }

    @Test
    void theCausesOfAConflictAreRead() throws IOException {
        var conflict = recorded("ssa-conflict.http");
        assertThat(conflict.code()).isEqualTo(409);
        assertThat(conflict.causes()).isNotEmpty().allSatisfy(cause -> {
            assertThat(cause.reason()).isEqualTo("FieldManagerConflict");
            assertThat(cause.field()).startsWith(".spec");
            assertThat(cause.message()).startsWith("conflict with \"");
        });
    }

    @Test
    void everyCauseOfAnInvalidObjectIsRead() throws IOException {
        var invalid = recorded("immutable-selector.http");
        assertThat(invalid.code()).isEqualTo(422);
        assertThat(invalid.causes()).hasSize(2);
    }

    @Test
    void theTimeToWaitIsReadFromDetailsAndFromTheHeader() throws IOException {
        assertThat(recorded("list-expired-rv.http").retryAfterSeconds()).contains(1);
        var header = new Reply(429, List.of(new Header("retry-after", "7")), new byte[0]);
        assertThat(Statuses.of(header).retryAfterSeconds()).contains(7);
        var date = new Reply(429, List.of(new Header("Retry-After", "Sat, 01 Jan 2000 00:00:00 GMT")), new byte[0]);
        assertThat(Statuses.of(date).retryAfterSeconds()).isEmpty();
    }

    @Test
    void aServerErrorWithoutReasonSurvives() throws IOException {
        var status = recorded("ssa-unknown-field.http");
        assertThat(status.code()).isEqualTo(500);
        assertThat(status.reason()).isEmpty();
        assertThat(status.message()).contains("failed to create typed patch object");
    }

    @Test
    void whatAProxyWritesSurvivesOnOneLine() {
        var html = Statuses.of(reply(502, "<html>\n<body>\u0007Bad\tGateway</body></html>"));
        assertThat(html)
                .isEqualTo(
                        new ApiStatus(502, "", "<html> <body> Bad Gateway</body></html>", List.of(), Optional.empty()));
        assertThat(Statuses.fault(html, "read it")).isInstanceOf(Fault.Transient.class);
        assertThat(Statuses.of(reply(500, "x".repeat(100_000))).message()).hasSizeLessThan(3_000);
        assertThat(Statuses.of(reply(500, "{\"kind\":\"Status\",")).message()).isEqualTo("{\"kind\":\"Status\",");
        assertThat(Statuses.of(reply(503, "")).message()).isEmpty();
    }

    @Test
    void aStatusWithFieldsOfTheWrongTypeSurvives() {
        var odd = Statuses.of(reply(
                422,
                "{\"kind\":\"Status\",\"code\":\"x\",\"reason\":3,\"details\":{\"causes\":[1,{\"field\":\"a\"}]}}"));
        assertThat(odd).isEqualTo(new ApiStatus(422, "", "", List.of(new Cause("", "", "a")), Optional.empty()));
    }
}
