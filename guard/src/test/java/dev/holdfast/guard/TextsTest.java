package dev.holdfast.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.SharedCases;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What must not stand in any text of the repository, and names that say nothing.
class TextsTest {

    /// Hosts of package registries, and paths of somebody's machine.
    private static final Pattern FORBIDDEN = Pattern.compile(String.join(
            "|",
            List.of(
                    "repo1?\\.maven" + "\\.",
                    "registry\\.npm" + "js",
                    "deb\\.debian" + "\\.",
                    "/wo" + "rk/",
                    "/ro" + "ot/")));

    private static final Pattern EMPTY_NAMES =
            Pattern.compile(".*(Util|Utils|Helper|Manager|Impl|Abstract\\w*)\\.java");

    @Test
    void noTextNamesARegistryOrAMachine() {
        var found = new ArrayList<String>();
        for (var file : Repository.walk(SharedCases.root())) {
            var path = SharedCases.root().relativize(file).toString();
            if (path.startsWith(".git/") || path.contains("target/") || path.equals(".git") || binary(path)) continue;
            if (FORBIDDEN.matcher(Repository.read(file)).find()) found.add(path);
        }
        assertThat(found).isEmpty();
        assertThat(FORBIDDEN.matcher("https://repo." + "maven.example").find()).isTrue();
    }

    @Test
    void namesSaySomething() {
        assertThat(Repository.sources("main"))
                .noneMatch(path ->
                        EMPTY_NAMES.matcher(path.getFileName().toString()).matches());
        assertThat(EMPTY_NAMES.matcher("StringUtils.java").matches()).isTrue();
    }

    @Test
    void law7ThereAreNoMocks() {
        var texts = new ArrayList<String>();
        for (var module : Repository.modules()) {
            texts.add(Repository.read(SharedCases.root().resolve(module).resolve("pom.xml")));
        }
        assertThat(texts).noneMatch(text -> text.contains("mock" + "ito"));
        assertThatClassIsAbsent("org.mock" + "ito.Mockito");
    }

    @Test
    void law7EveryContractIsPassedTwice() {
        var contracts = Repository.sources("main").stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> name.endsWith("Contract.java"))
                .map(name -> name.substring(0, name.length() - ".java".length()))
                .toList();
        assertThat(contracts).isNotEmpty();
        var tests = Repository.sources("test").stream().map(Repository::read).toList();
        for (var contract : contracts) {
            long passed = tests.stream()
                    .filter(text -> Pattern.compile("extends " + contract + "\\b")
                            .matcher(text)
                            .find())
                    .count();
            assertThat(passed)
                    .as(contract + " is passed by the fake and by the real thing")
                    .isGreaterThanOrEqualTo(2);
        }
    }

    private static void assertThatClassIsAbsent(String name) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Class.forName(name))
                .isInstanceOf(ClassNotFoundException.class);
    }

    private static boolean binary(String path) {
        return path.matches(".*\\.(png|gif|jar|class|bin|gz|svg|base64)$");
    }
}
