package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenderCommandTest {

    private static final String MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: %s
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Desk.Said render(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Terminal.Colours.NONE,
                Terminal.Presence.PIPE);
        var line = new String[arguments.length + 1];
        line[0] = "render";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        int code = Main.run(terminal, Map.of(), line);
        return new Desk.Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void file(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void printsEveryObject() throws IOException {
        file("b.yaml", MAP.formatted("second"));
        file("a/x.json", "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"first\"}}");

        assertThat(render(folder.toString()).out()).isEqualTo("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: first
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: second
                """);
        assertThat(render(folder.toString(), "-o", "name").out())
                .isEqualTo("deployment.apps/first\nconfigmap/second\n");
        assertThat(render(folder.toString(), "-o", "json").out()).contains("\"kind\": \"List\"", "\"name\": \"first\"");
        assertThat(render(folder.toString(), "--no-recurse", "-o", "name").out())
                .isEqualTo("configmap/second\n");
        assertThat(render(folder.toString(), "--exclude", "a/**", "-o", "name").out())
                .isEqualTo("configmap/second\n");
        assertThat(render(folder.resolve("b.yaml").toString(), "-o", "name").out())
                .isEqualTo("configmap/second\n");
    }

    @Test
    void saysBehindEveryValueWhichLineSetIt() throws IOException {
        file("a.yaml", MAP.formatted("first") + """
                data:
                  text: |
                    two
                    lines
                  long: %s
                  none: ""
                """.formatted("word ".repeat(20).strip()));

        assertThat(render(folder.toString(), "--origins").out()).isEqualTo("""
                apiVersion: v1  # a.yaml:1
                data:
                  long: word word word word word word word word word word word word word word word
                    word word word word word  # a.yaml:9
                  none: ""  # a.yaml:10
                  text: |  # a.yaml:6
                    two
                    lines
                kind: ConfigMap  # a.yaml:2
                metadata:
                  name: first  # a.yaml:4
                """);
    }

    @Test
    void namesFileAndLineOfEveryProblemOnStandardError() throws IOException {
        file("good.yaml", MAP.formatted("good"));
        file("bad.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a\n");
        file("nameless.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n");

        var said = render(folder.toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("bad.yaml:").contains("nameless.yaml:");
    }

    @Test
    void followsLinksInsideTheWorkTreeOnly() throws IOException {
        Files.createDirectories(folder.resolve("repository/.git"));
        file("outside.yaml", MAP.formatted("outside"));
        file("repository/base/map.yaml", MAP.formatted("shared"));
        Files.createDirectories(folder.resolve("repository/app"));
        Files.createSymbolicLink(folder.resolve("repository/app/base"), Path.of("../base"));
        var app = folder.resolve("repository/app");

        assertThat(render(app.toString(), "-o", "name").out()).isEqualTo("configmap/shared\n");

        Files.createSymbolicLink(app.resolve("escape.yaml"), Path.of("../../outside.yaml"));
        var escaped = render(app.toString());
        assertThat(escaped.code()).isEqualTo(1);
        assertThat(escaped.err()).contains("app/escape.yaml").contains("leads out");

        Files.delete(app.resolve("escape.yaml"));
        Files.createSymbolicLink(app.resolve("absolute.yaml"), Path.of("/etc/hostname"));
        assertThat(render(app.toString()).err()).contains("absolute");

        Files.delete(app.resolve("absolute.yaml"));
        Files.createSymbolicLink(app.resolve("circle.yaml"), Path.of("circle.yaml"));
        assertThat(render(app.toString()).err()).contains("circle");
    }

    @Test
    void doesNotLookIntoGitsOwnFolder() throws IOException {
        file("repository/.git/config.yaml", MAP.formatted("inner"));
        file("repository/map.yaml", MAP.formatted("outer"));
        Files.createSymbolicLink(folder.resolve("repository/sly.yaml"), Path.of(".git/config.yaml"));

        var said = render(folder.resolve("repository").toString(), "-o", "name");

        assertThat(said.out()).isEqualTo("configmap/outer\n");
    }

    @Test
    void aMissingPathIsTold() {
        var said = render(folder.resolve("nowhere").toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).startsWith("error: there is no '");
    }

    @Test
    void textsWithEscapeSequencesStayText() throws IOException {
        file("a.yaml", MAP.formatted("a") + "data:\n  evil: \"\\e[2J\\u202e\"\n");

        assertThat(render(folder.toString()).out()).doesNotContain("\u001b");
    }
}
