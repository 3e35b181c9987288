package dev.holdfast.cluster;

import static dev.holdfast.cluster.ClusterCase.CONFIG_MAPS;
import static dev.holdfast.cluster.ClusterCase.faultOf;
import static dev.holdfast.cluster.ClusterCase.json;
import static dev.holdfast.cluster.ScriptedTransport.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Selection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListsTest {

    private static final String FIRST = "GET /api/v1/configmaps?limit=500";
    private static final String SECOND = "GET /api/v1/configmaps?limit=500&continue=t1";
    private static final Selection ALL = Selection.all(CONFIG_MAPS);
    private static final String EXPIRED = "{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}";

    private final ClusterCase test = new ClusterCase();
    private final List<Mapping> heard = new ArrayList<>();

    private static String page(String version, String token, String... names) {
        var items = new ArrayList<String>();
        for (var name : names) items.add("{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{}}");
        return "{\"metadata\":{\"resourceVersion\":\"%s\",\"continue\":\"%s\"},\"items\":[%s]}"
                .formatted(version, token, String.join(",", items));
    }

    private List<String> names() {
        return heard.stream()
                .map(object -> object.text("metadata", "name").orElse(""))
                .toList();
    }

    @Test
    void pagesAreReadToTheEnd() {
        test.api.on(FIRST, 200, page("9", "t1", "a", "b")).on(SECOND, 200, page("9", "", "c"));
        test.run(cluster ->
                assertThat(cluster.list(ALL, Caller.SELF, heard::add)).isEqualTo("9"));
        assertThat(names()).containsExactly("a", "b", "c");
    }

    @Test
    void itemsNameTheirKind() {
        test.api.on(FIRST, 200, page("9", "", "a"));
        test.run(cluster -> cluster.list(ALL, Caller.SELF, heard::add));
        assertThat(heard)
                .containsExactly(json(
                        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{}}"));
    }

    @Test
    void metadataIsAskedForAndTheRestIsLeftOutWhereTheServerSentIt() {
        test.api.on(
                "GET /api/v1/namespaces/x/configmaps?labelSelector=a%3Db&fieldSelector=metadata.name%3Dn&limit=500",
                200, page("9", "", "n"));
        test.run(cluster ->
                cluster.list(new Selection(CONFIG_MAPS, "x", "a=b", "n", Form.METADATA), Caller.SELF, heard::add));
        assertThat(test.api.requests.getFirst().header("Accept").orElse(""))
                .startsWith("application/json;as=PartialObjectMetadataList;");
        assertThat(heard)
                .containsExactly(json("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"n\"}}"));
    }

    @Test
    void aListThatExpiresMidwayStartsOverAndLeavesNoTrace() {
        test.api
                .on(FIRST, say(200, page("9", "t1", "gone", "a")), say(200, page("12", "", "a")))
                .on(SECOND, 410, EXPIRED);
        test.run(cluster ->
                assertThat(cluster.list(ALL, Caller.SELF, heard::add)).isEqualTo("12"));
        assertThat(names()).containsExactly("a");
    }

    @Test
    void aListThatExpiresTwiceThrows() {
        test.api.on(FIRST, 200, page("9", "t1", "a")).on(SECOND, 410, EXPIRED);
        test.run(cluster -> assertThat(faultOf(() -> cluster.list(ALL, Caller.SELF, heard::add))
                        .fault()
                        .code())
                .isEqualTo("ListExpired"));
        assertThat(heard).isEmpty();
        assertThat(test.api.asked()).hasSize(4);
    }

    @Test
    void aListThatBreaksMidwayThrows() {
        test.api.on(FIRST, 200, page("9", "t1", "a")).on(SECOND, 500, "no");
        test.run(cluster -> assertThat(faultOf(() -> cluster.list(ALL, Caller.SELF, heard::add))
                        .fault())
                .isInstanceOf(Fault.Transient.class));
        assertThat(heard).isEmpty();
    }

    @Test
    void aRefusedListIsTerminalAndNamesWhatWasListed() {
        test.api.on(FIRST, 403, "{\"kind\":\"Status\",\"reason\":\"Forbidden\",\"message\":\"no\",\"code\":403}");
        test.run(cluster -> {
            var fault =
                    faultOf(() -> cluster.list(ALL, Caller.SELF, heard::add)).fault();
            assertThat(fault).isInstanceOf(Fault.Terminal.class);
            assertThat(fault.code()).isEqualTo("Forbidden");
            assertThat(fault.sentence()).contains("could not list configmaps (HTTP 403): no");
        });
    }

    @Test
    void aServerThatNeverEndsAListIsNotFollowed() {
        test.api.on(FIRST, 200, page("9", "t1", "a")).on(SECOND, 200, page("9", "t1", "a"));
        test.run(cluster -> assertThat(faultOf(() -> cluster.list(ALL, Caller.SELF, heard::add))
                        .fault()
                        .code())
                .isEqualTo("InvalidAnswer"));
    }

    @Test
    void anAnswerThatIsNoListIsAFault() {
        test.api.on(FIRST, say(200, "{}"), say(200, "{\"items\":[1]}"));
        test.run(cluster -> {
            for (int i = 0; i < 2; i++) {
                assertThat(faultOf(() -> cluster.list(ALL, Caller.SELF, heard::add))
                                .fault()
                                .code())
                        .isEqualTo("InvalidAnswer");
            }
        });
    }
}
