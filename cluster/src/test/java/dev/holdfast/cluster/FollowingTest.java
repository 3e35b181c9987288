package dev.holdfast.cluster;

import static dev.holdfast.cluster.ClusterCase.CONFIG_MAPS;
import static dev.holdfast.cluster.ClusterCase.faultOf;
import static dev.holdfast.cluster.ScriptedTransport.say;
import static dev.holdfast.cluster.ScriptedTransport.watch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cluster.ScriptedTransport.Act;
import dev.holdfast.cluster.ScriptedTransport.End;
import dev.holdfast.model.Fault;
import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.Cluster.Follower;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowingTest {

    private static final String LIST = "GET /api/v1/configmaps?limit=500";
    private static final String EXPIRED =
            "{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\",\"message\":\"too old\"}";
    private static final String ERROR_410 = "{\"type\":\"ERROR\",\"object\":" + EXPIRED + "}";

    private final ClusterCase test = new ClusterCase();
    private final Heard heard = new Heard();

    /// Writes down what it hears; knows every version named in `known`.
    private static final class Heard implements Follower {
        final List<String> words = new ArrayList<>();
        final List<String> known = new ArrayList<>();
        final List<Mapping> objects = new ArrayList<>();

        @Override
        public boolean knows(String uid, String resourceVersion) {
            return known.contains(uid + "@" + resourceVersion);
        }

        @Override
        public void listing() {
            words.add("listing");
        }

        @Override
        public void present(Mapping object) {
            words.add("+" + object.text("metadata", "name").orElse("?"));
            objects.add(object);
        }

        @Override
        public void gone(Mapping object) {
            words.add("-" + object.text("metadata", "name").orElse("?"));
        }

        @Override
        public void listed(String resourceVersion) {
            words.add("listed " + resourceVersion);
        }

        @Override
        public void interrupted(Fault fault) {
            words.add("interrupted " + fault.code());
        }
    }

    private static String watching(String from) {
        return "GET /api/v1/configmaps?watch=true&allowWatchBookmarks=true&resourceVersion=" + from;
    }

    private static Act list(String version, String... names) {
        var items = new ArrayList<String>();
        for (var name : names) items.add("{\"metadata\":{\"name\":\"" + name + "\"}}");
        return say(
                200,
                "{\"metadata\":{\"resourceVersion\":\"" + version + "\"},\"items\":[" + String.join(",", items) + "]}");
    }

    private static String event(String type, String name, String version) {
        return "{\"type\":\"%s\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"%s\",\"uid\":\"u-%s\",\"resourceVersion\":\"%s\"}}}"
                .formatted(type, name, name, version);
    }

    private static String bookmark(String version) {
        return "{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"ConfigMap\",\"metadata\":{\"resourceVersion\":\""
                + version + "\"}}}";
    }

    /// Follows for a day of virtual time, or until it ends by itself.
    private void follow(Selection selection) {
        test.run(cluster -> {
            var task = test.tasks.spawn("follow", () -> cluster.follow(selection, heard));
            test.tasks.sleepUntil(test.tasks.now().plus(Duration.ofHours(3)));
            task.cancel();
            task.await();
        });
    }

    private void follow() {
        follow(Selection.all(CONFIG_MAPS));
    }

    @Test
    void aListIsFollowedByItsChanges() {
        test.api
                .on(LIST, list("5", "a", "b"))
                .on(watching("5"), watch(End.OPEN, event("ADDED", "c", "6"), event("DELETED", "a", "7")));
        follow();
        assertThat(heard.words).containsExactly("listing", "+a", "+b", "listed 5", "+c", "-a");
    }

    @Test
    void aWatchThatEndsGoesOnAtTheLastVersionThatItHeardOf() {
        test.api
                .on(LIST, list("5"))
                .on(watching("5"), watch(End.CLEAN, event("ADDED", "a", "6"), event("MODIFIED", "a", "8")))
                .on(watching("8"), watch(End.CLEAN, bookmark("90")))
                .on(watching("90"), watch(End.OPEN, event("MODIFIED", "a", "91")));
        follow();
        assertThat(heard.words).containsExactly("listing", "listed 5", "+a", "+a", "+a");
        assertThat(test.api.asked()).containsExactly(LIST, watching("5"), watching("8"), watching("90"));
    }

    @Test
    void anEventOfAKnownVersionIsNotDecodedButMovesTheVersion() {
        heard.known.add("u-a@6");
        test.api
                .on(LIST, list("5"))
                .on(watching("5"), watch(End.CLEAN, event("MODIFIED", "a", "6")))
                .on(watching("6"), watch(End.OPEN));
        follow();
        assertThat(heard.words).containsExactly("listing", "listed 5");
        assertThat(test.api.asked()).endsWith(watching("6"));
    }

    @Test
    void aDeletionIsHeardAlsoOfAKnownVersion() {
        heard.known.add("u-a@6");
        test.api.on(LIST, list("5", "a")).on(watching("5"), watch(End.OPEN, event("DELETED", "a", "6")));
        follow();
        assertThat(heard.words).endsWith("-a");
    }

    @Test
    void aForgottenVersionInAnEventMakesItListAgain() {
        test.api
                .on(LIST, list("5", "a"), list("50", "b"))
                .on(watching("5"), watch(End.OPEN, ERROR_410))
                .on(watching("50"), watch(End.OPEN));
        follow();
        assertThat(heard.words).containsExactly("listing", "+a", "listed 5", "listing", "+b", "listed 50");
    }

    @Test
    void aForgottenVersionInTheAnswerMakesItListAgain() {
        test.api
                .on(LIST, list("5", "a"), list("50", "b"))
                .on(watching("5"), say(410, EXPIRED))
                .on(watching("50"), watch(End.OPEN));
        follow();
        assertThat(heard.words).containsExactly("listing", "+a", "listed 5", "listing", "+b", "listed 50");
    }

    @Test
    void aServerThatForgetsAtOnceIsNotAskedInACircle() {
        test.api.on(LIST, list("5")).on(watching("5"), say(410, EXPIRED));
        follow();
        // three hours with pauses that grow to half a minute
        assertThat(test.api.asked().size()).isLessThan(3 * 3600 / 16 * 2 + 50);
    }

    @Test
    void aServerThatEndsWatchesAtOnceIsNotAskedInACircle() {
        test.api.on(LIST, list("5")).on(watching("5"), watch(End.CLEAN));
        follow();
        assertThat(test.api.asked().size()).isBetween(10, 3 * 3600 / 16 + 50);
        assertThat(heard.words).containsExactly("listing", "listed 5");
    }

    @Test
    void aBrokenConnectionIsToldAndResumed() {
        test.api
                .on(LIST, list("5"))
                .on(watching("5"), watch(End.BREAK, event("ADDED", "a", "6")))
                .on(watching("6"), new Act.Break(), watch(End.OPEN, event("MODIFIED", "a", "7")));
        follow();
        assertThat(heard.words)
                .containsExactly(
                        "listing", "listed 5", "+a", "interrupted Unreachable", "interrupted Unreachable", "+a");
    }

    @Test
    void aListThatFailsIsTriedAgain() {
        test.api.on(LIST, say(500, "no"), list("5", "a")).on(watching("5"), watch(End.OPEN));
        follow();
        assertThat(heard.words).containsExactly("listing", "interrupted ServerError", "listing", "+a", "listed 5");
    }

    @Test
    void aWatchThatIsRefusedOverAndOverListsAgain() {
        test.api
                .on(LIST, list("5"), list("9"))
                .on(
                        watching("5"),
                        say(500, "{\"kind\":\"Status\",\"code\":500,\"message\":\"RequestWatchProgress is disabled\"}"))
                .on(watching("9"), watch(End.OPEN));
        follow();
        assertThat(heard.words).startsWith("listing", "listed 5", "interrupted ServerError");
        assertThat(heard.words).endsWith("listing", "listed 9");
    }

    @Test
    void aBusyServerIsGivenTheTimeItAsksFor() {
        test.api
                .on(LIST, list("5"))
                .on(
                        watching("5"),
                        say(429, "", new Header("Retry-After", "20")),
                        watch(End.OPEN, event("ADDED", "a", "6")));
        var before = test.tasks.now();
        test.run(cluster -> {
            var task = test.tasks.spawn("follow", () -> cluster.follow(Selection.all(CONFIG_MAPS), heard));
            test.tasks.sleepUntil(before.plusSeconds(19));
            assertThat(heard.words).endsWith("interrupted ServerBusy");
            test.tasks.sleepUntil(before.plusSeconds(25));
            assertThat(heard.words).endsWith("+a");
            task.cancel();
        });
    }

    @Test
    void whatIsForbiddenOrGoneEndsIt() {
        for (int status : new int[] {403, 404, 405}) {
            var refused = new ClusterCase();
            refused.api.on(LIST, list("5")).on(watching("5"), say(status, "no"));
            refused.run(cluster -> assertThat(faultOf(() -> cluster.follow(Selection.all(CONFIG_MAPS), heard))
                            .fault())
                    .isInstanceOf(Fault.Terminal.class));
        }
    }

    @Test
    void expiredCredentialsAreWaitedFor() {
        test.api.on(LIST, list("5")).on(watching("5"), say(401, "{}"), watch(End.OPEN, event("ADDED", "a", "6")));
        follow();
        assertThat(heard.words).containsExactly("listing", "listed 5", "interrupted Unauthorized", "+a");
    }

    @Test
    void anUnreadableLineInterruptsAndTheWatchGoesOnBeforeIt() {
        test.api
                .on(LIST, list("5"))
                .on(watching("5"), watch(End.OPEN, "", event("ADDED", "a", "6"), "<html>"))
                .on(watching("6"), watch(End.OPEN, event("ADDED", "b", "7")));
        follow();
        assertThat(heard.words).containsExactly("listing", "listed 5", "+a", "interrupted InvalidAnswer", "+b");
    }

    @Test
    void oneNameIsFollowedByFieldSelectorAndMetadataIsAskedFor() {
        test.api
                .on("GET /api/v1/namespaces/x/configmaps?fieldSelector=metadata.name%3Da&limit=500", list("5", "a"))
                .on(
                        "GET /api/v1/namespaces/x/configmaps?fieldSelector=metadata.name%3Da&watch=true"
                                + "&allowWatchBookmarks=true&resourceVersion=5",
                        watch(End.OPEN, event("MODIFIED", "a", "6")));
        follow(new Selection(CONFIG_MAPS, "x", "", "a", Form.METADATA));
        assertThat(heard.words).containsExactly("listing", "+a", "listed 5", "+a");
        assertThat(test.api.requests.getLast().header("Accept").orElse("")).contains("as=PartialObjectMetadata;");
        assertThat(heard.objects).allSatisfy(object -> {
            assertThat(object.text("kind")).contains("ConfigMap");
            assertThat(object.keys()).containsExactly("apiVersion", "kind", "metadata");
        });
    }

    @Test
    void watchesAskForATimeThatDiffers() {
        test.api.on(LIST, list("5")).on(watching("5"), watch(End.CLEAN));
        follow();
        var times = test.api.requests.stream()
                .map(request -> request.target().replaceAll(".*timeoutSeconds=", ""))
                .filter(text -> text.matches("[0-9]+"))
                .map(Integer::valueOf)
                .toList();
        assertThat(times).allMatch(seconds -> seconds >= 240 && seconds < 480);
        assertThat(times.stream().distinct().count()).isGreaterThan(10);
    }
}
