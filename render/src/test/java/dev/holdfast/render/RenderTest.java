package dev.holdfast.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Fault;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Placement;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Revision;
import dev.holdfast.testkit.InMemorySnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenderTest {

    private static final String MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n";

    @Test
    void readsEveryManifestBelowThePathInTheOrderOfPaths() {
        var snapshot = InMemorySnapshot.EMPTY
                .with("apps/z.yaml", map("z"))
                .with("apps/a/b.yml", map("ab"))
                .with("apps/a.json", "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}")
                .with("apps/README.md", "# not read")
                .with("apps/.hidden.yaml", "{{")
                .with("apps/.git/x.yaml", "{{")
                .with("other/x.yaml", map("other"));

        assertThat(names(rendered(snapshot, "apps"))).containsExactly("a", "ab", "z");
        assertThat(names(rendered(snapshot, "./apps/"))).containsExactly("a", "ab", "z");
        assertThat(names(rendered(snapshot, "apps/z.yaml"))).containsExactly("z");
        assertThat(names(rendered(snapshot, ""))).containsExactly("a", "ab", "z", "other");
    }

    @Test
    void knowsWhatEveryObjectIsAndWhereItStands() {
        var snapshot = InMemorySnapshot.EMPTY.with(
                "a.yaml",
                "# first\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\n");
        var manifest = rendered(snapshot, "").getFirst();

        assertThat(manifest.gvk()).isEqualTo(new Gvk("apps", "v1", "Deployment"));
        assertThat(manifest.ref()).isEqualTo(new Ref("apps", "Deployment", "shop", "web"));
        assertThat(manifest.origin().place()).isEqualTo("a.yaml:3");
    }

    @Test
    void opensListsOfAnyKind() {
        var item = "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}}";
        var nested = "{apiVersion: v1, kind: List, items: [" + item.formatted("b") + "]}";
        var snapshot = InMemorySnapshot.EMPTY
                .with("1.yaml", "apiVersion: v1\nkind: List\nitems: [" + item.formatted("a") + ", " + nested + "]\n")
                .with("2.yaml", "apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: c}\n")
                .with("3.yaml", "apiVersion: v1\nkind: List\nitems: null\n")
                .with("4.yaml", "apiVersion: v1\nkind: List\nitems: []\n")
                .with("5.yaml", "apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: d}\n");

        assertThat(names(rendered(snapshot, ""))).containsExactly("a", "b", "c", "d");
        assertThat(rendered(snapshot, "2.yaml").getFirst().gvk()).isEqualTo(Gvk.of("v1", "ConfigMap"));
    }

    @Test
    void findsNothingInCommentsAndEmptyDocuments() {
        var snapshot = InMemorySnapshot.EMPTY
                .with("a.yaml", "# nothing\n---\n---\n# more\n")
                .with("b.yaml", "");

        assertThat(rendered(snapshot, "")).isEmpty();
    }

    @Test
    void choosesFilesByTheOptions() {
        var snapshot = InMemorySnapshot.of(Map.of(
                "a/x.yaml",
                map("x"),
                "a/test.yaml",
                map("t"),
                "a/deep/y.yaml",
                map("yy"),
                "a/deep/er/z.json",
                map("z")));

        assertThat(names(rendered(snapshot, plain(List.of(), List.of("**/test.yaml"), null))))
                .containsExactly("z", "yy", "x");
        assertThat(names(rendered(snapshot, plain(List.of("deep/**"), List.of(), null))))
                .containsExactly("z", "yy");
        assertThat(names(rendered(snapshot, plain(List.of("{x,test}.yaml"), List.of(), null))))
                .containsExactly("t", "x");
        assertThat(names(rendered(snapshot, plain(List.of(), List.of(), false))))
                .containsExactly("t", "x");
    }

    @Test
    void collectsEverythingThatIsWrong() {
        var snapshot = InMemorySnapshot.EMPTY
                .with("a.yaml", "kind: X\nmetadata: {name: a}\n")
                .with("b.yaml", "a: b: c\n")
                .with("c.yaml", map("fine") + "---\napiVersion: v1\nkind: X\nmetadata:\n  labels: {v: 1.0}\n");

        assertThat(sentences(snapshot, ""))
                .containsExactly(
                        "a.yaml:1: X 'a' has no apiVersion. Every object names it, such as v1 or apps/v1",
                        "b.yaml:1: invalid YAML: a second : on this line; quote the value, or check the indentation —"
                                + " `a: b: c`",
                        "c.yaml:5: X has no metadata.name. Give the object a name",
                        "c.yaml:8: X: metadata.labels['v'] is a number, only strings are allowed. Write the value in"
                                + " quotes");
        var failed = (Result.Failed) Render.render(request(snapshot, "", Placement.Rendering.DETECTED));
        assertThat(failed.fault().sentence()).startsWith("a.yaml:1: ").endsWith(". There are 3 more problems");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "apiVersion: v1, kind: X, metadata: {generateName: x-} | has metadata.generateName but no name",
                "apiVersion: v1, kind: X, metadata: null | metadata is a null",
                "apiVersion: v1, kind: X | has no metadata.name",
                "apiVersion: v1, kind: X, metadata: [] | metadata is a list",
                "apiVersion: v1, kind: X, metadata: {name: 1} | metadata.name is a number",
                "apiVersion: v1, kind: X, metadata: {name: ''} | empty metadata.name",
                "apiVersion: v1, kind: X, metadata: {name: ../y} | no name may have",
                "apiVersion: v1, kind: X, metadata: {name: x, namespace: 1} | metadata.namespace is a number",
                "apiVersion: v1, kind: X, metadata: {name: x, namespace: a/b} | no name may have",
                "apiVersion: v1, kind: X, metadata: {name: x, labels: {on: yes}} | labels['true'] is a boolean",
                "apiVersion: v1, kind: X, metadata: {name: x, annotations: {a: null}} | annotations['a'] is a null",
                "apiVersion: v1, kind: X, metadata: {name: x, annotations: [a]} | annotations is a list",
                "apiVersion: 1, kind: X, metadata: {name: x} | apiVersion is a number",
                "apiVersion: a/b/c, kind: X, metadata: {name: x} | apiVersion is no word",
                "apiVersion: v1, metadata: {name: x} | has no kind",
                "apiVersion: v1, kind: List, items: {} | items of a List is a map"
            })
    void refusesWhatNoServerWouldTake(String object, String reason) {
        assertThat(sentences(InMemorySnapshot.EMPTY.with("x.yaml", yaml(object)), ""))
                .singleElement()
                .asString()
                .startsWith("x.yaml:")
                .contains(reason);
    }

    private static String yaml(String object) {
        return "# an object\n---\n" + object.replaceAll(", (?=(apiVersion|kind|metadata|items):)", "\n") + "\n";
    }

    @Test
    void refusesDocumentsThatAreNoObjects() {
        assertThat(sentences(InMemorySnapshot.EMPTY.with("x.yaml", "- a\n").with("y.json", "[1]"), ""))
                .containsExactly(
                        "x.yaml:1: a document is a list, not an object. Exclude files that hold no objects",
                        "y.json:1: a document is a list, not an object. Exclude files that hold no objects");
    }

    @Test
    void saysWhichDirectoryWasMeant() {
        var snapshot = InMemorySnapshot.EMPTY.with("apps/shop/a.yaml", map("a"));

        assertThat(sentences(snapshot, "app/shop"))
                .containsExactly("there is no 'app/shop' in main@0123456. Did you mean 'apps/shop'?");
        assertThat(sentences(snapshot, "apps/Shopp"))
                .containsExactly("there is no 'apps/Shopp' in main@0123456. Did you mean 'apps/shop'?");
        assertThat(sentences(snapshot, "elsewhere"))
                .containsExactly(
                        "there is no 'elsewhere' in main@0123456. The App's path is relative to the repository's root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kustomization.yaml", "kustomization.yml", "Kustomization", "Chart.yaml"})
    void leavesOtherRenderersToThemselvesUnlessAskedTo(String marker) {
        var snapshot = InMemorySnapshot.EMPTY.with("a/deep/" + marker, map("m")).with("a/x.yaml", map("x"));
        var failed = (Result.Failed) Render.render(request(snapshot, "a", Placement.Rendering.DETECTED));

        assertThat(failed.fault().code())
                .isEqualTo(marker.equals("Chart.yaml") ? "RendererNotSupported" : "KustomizationBelow");
        assertThat(failed.fault().sentence()).startsWith("a/deep/" + marker + ":1: 'a/deep' is to be rendered by ");
        assertThat(names(rendered(snapshot, plain(List.of("x.yaml"), List.of(), null))))
                .containsExactly("x");
    }

    @Test
    void refusesWhatIsNeitherDirectoryNorManifest() {
        assertThat(sentences(InMemorySnapshot.EMPTY.with("a.txt", ""), "a.txt"))
                .singleElement()
                .asString()
                .contains("neither a directory nor a file *.yaml");
    }

    @Test
    void refusesMalformedGlobs() {
        var snapshot = InMemorySnapshot.EMPTY.with("a/x.yaml", map("x"));
        var failed = (Result.Failed) Render.render(request(snapshot, "a", plain(List.of("{a"), List.of(), null)));

        assertThat(failed.fault().code()).isEqualTo("GlobInvalid");
    }

    private static String map(String name) {
        return MAP.formatted(name);
    }

    private static Placement.Plain plain(
            List<String> include, List<String> exclude, @org.jspecify.annotations.Nullable Boolean recurse) {
        return new Placement.Plain(include, exclude, Optional.ofNullable(recurse));
    }

    private static Request request(InMemorySnapshot snapshot, String path, Placement.Rendering rendering) {
        var revision = new Revision("deploy", "main", "0123456789");
        return new Request(snapshot, revision, path, rendering, RenderLimits.DEFAULT);
    }

    private static List<Manifest> rendered(InMemorySnapshot snapshot, String path) {
        return manifests(Render.render(request(snapshot, path, Placement.Rendering.DETECTED)));
    }

    private static List<Manifest> rendered(InMemorySnapshot snapshot, Placement.Plain plain) {
        return manifests(Render.render(request(snapshot, "a", plain)));
    }

    private static List<Manifest> manifests(Result result) {
        assertThat(result).isInstanceOf(Result.Rendered.class);
        return ((Result.Rendered) result).manifests();
    }

    private static List<String> names(List<Manifest> manifests) {
        return manifests.stream().map(manifest -> manifest.ref().name()).toList();
    }

    private static List<String> sentences(InMemorySnapshot snapshot, String path) {
        var result = Render.render(request(snapshot, path, Placement.Rendering.DETECTED));
        return ((Result.Failed) result).faults().stream().map(Fault::sentence).toList();
    }
}
