package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlameCommandTest {

    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              namespace: shop
              annotations:
                example.com/note: hi
            spec:
              replicas: 1
              template:
                spec:
                  containers:
                  - name: web
                    image: web:1
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeEach
    void commits() throws IOException, GitAPIException {
        commit("apps/web.yaml", WEB, "Ada", "2026-01-02T10:00:00Z");
        commit("apps/web.yaml", WEB.replace("replicas: 1", "replicas: 3"), "Grace", "2026-03-04T10:00:00Z");
    }

    private void commit(String path, String text, String author, String time) throws IOException, GitAPIException {
        file(path, text);
        try (var git = Git.init().setDirectory(folder.toFile()).call()) {
            var who = new PersonIdent(
                    author,
                    author.toLowerCase(java.util.Locale.ROOT) + "@example.com",
                    Instant.parse(time),
                    ZoneOffset.UTC);
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage("Change " + path)
                    .setAuthor(who)
                    .setCommitter(who)
                    .setSign(false)
                    .call();
        }
    }

    private void file(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Desk.Said blame(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Terminal.Colours.NONE,
                Terminal.Presence.PIPE);
        var line = Stream.concat(Stream.of("blame"), Arrays.stream(arguments)).toArray(String[]::new);
        int code = Main.run(terminal, Map.of(), line);
        return new Desk.Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void tellsTheLineTheCommitAndTheAuthorOfAField() {
        var said = blame(
                "deployment/web",
                "spec.replicas",
                "--in",
                folder.resolve("apps").toString());

        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines().toList()).hasSize(3);
        assertThat(said.out().lines().toList().get(2))
                .matches("spec.replicas +3 +apps/web.yaml:9 +- +[0-9a-f]{8} +Grace <grace@example.com> +2026-03-04");
    }

    @Test
    void readsAFileAndShowsEveryFieldOfIt() {
        var said = blame(folder.resolve("apps/web.yaml").toString());

        assertThat(said.out())
                .containsPattern("metadata.name +web +apps/web.yaml:4 +- +[0-9a-f]{8} +Ada ")
                .containsPattern("metadata.annotations\\[\"example.com/note\"] +hi +apps/web.yaml:7 ")
                .containsPattern(
                        "spec.template.spec.containers\\[name=web].image +web:1 +apps/web.yaml:14 +- +[0-9a-f]{8} +Ada ");
    }

    @Test
    void whatItPrintsAsFieldItTakesAsField() {
        var file = folder.resolve("apps/web.yaml").toString();
        for (var line : blame(file).out().lines().skip(2).toList()) {
            var field = line.substring(0, line.indexOf("   "));

            assertThat(blame(file, field).out().lines().toList()).as(field).hasSize(3);
        }
    }

    @Test
    void aLineThatIsNotCommittedSaysSo() throws IOException {
        file("apps/web.yaml", WEB.replace("web:1", "web:2"));
        var file = folder.resolve("apps/web.yaml").toString();

        assertThat(blame(file, "spec.template.spec.containers[name=web].image").out())
                .containsPattern("web:2 +apps/web.yaml:14 +- +not committed +- +-");
        assertThat(blame(file, "spec.replicas").out()).containsPattern("replicas +1 .* not committed");
    }

    @Test
    void outsideOfARepositoryItTellsLinesOnly(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("web.yaml"), WEB);

        assertThat(blame(elsewhere.resolve("web.yaml").toString(), "spec.replicas")
                        .out())
                .containsPattern("spec.replicas +1 +web.yaml:9 +- +no repository");
    }

    @Test
    void valuesOfSecretsStayHidden() throws IOException {
        file("secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\n");

        assertThat(blame(folder.resolve("secret.yaml").toString()).out())
                .contains("stringData.password")
                .doesNotContain("hunter2");
    }

    @Test
    void saysWhatIsNotThere() {
        var apps = folder.resolve("apps").toString();

        assertThat(blame("deployment/wep", "--in", apps).err()).contains("makes no object deployment/wep");
        assertThat(blame("deployment/web", "spec.nothing", "--in", apps).err())
                .contains("no object here has the field");
        assertThat(blame("nonsense", "--in", apps).err()).contains("no file 'nonsense'");
        assertThat(blame("other/deployment/web", "--in", apps).code()).isEqualTo(1);
        assertThat(blame("shop/deployments.apps/web", "spec.replicas", "--in", apps)
                        .code())
                .isZero();
    }

    /// A filter that Git would run may not be run by us.
    @Test
    void runsNoProgramThatTheRepositoryNames() throws IOException, GitAPIException {
        var trap = new File(folder.toFile(), "trapped");
        try (var git = Git.open(folder.toFile())) {
            var config = git.getRepository().getConfig();
            config.setString("filter", "trap", "clean", "touch " + trap + "; cat");
            config.save();
        }
        file(".gitattributes", "*.yaml filter=trap\n");

        assertThat(blame(folder.resolve("apps/web.yaml").toString(), "spec.replicas")
                        .code())
                .isZero();
        assertThat(trap).doesNotExist();
    }
}
