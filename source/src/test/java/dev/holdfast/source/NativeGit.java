package dev.holdfast.source;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// The `git` of this machine, apart from its configuration; tests that need it are skipped where there is none.
final class NativeGit {

    private final Path home;

    private NativeGit(Path home) {
        this.home = home;
    }

    static NativeGit in(Path home) throws IOException {
        Files.createDirectories(home);
        var git = new NativeGit(home);
        Optional<String> version;
        try {
            version = Optional.of(git.run(home, "--version"));
        } catch (IOException absent) {
            version = Optional.empty();
        }
        Assumptions.assumeTrue(version.isPresent(), "skipped: there is no git on this machine");
        return git;
    }

    /// Runs git and gives what it printed.
    String run(Path folder, String... arguments) throws IOException {
        var command = new ArrayList<String>(List.of("git"));
        command.addAll(List.of(arguments));
        var process = builder(command, folder).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (finished(process) != 0) throw new IllegalStateException(command + " failed: " + output);
        return output.strip();
    }

    private static int finished(Process process) {
        try {
            if (process.waitFor(60, TimeUnit.SECONDS)) return process.exitValue();
            process.destroyForcibly();
            throw new IllegalStateException("git did not end");
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private ProcessBuilder builder(List<String> command, Path folder) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", path,
                        "HOME", home.toString(),
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_TERMINAL_PROMPT", "0",
                        "GIT_AUTHOR_NAME", "Ada",
                        "GIT_AUTHOR_EMAIL", "ada@example.org",
                        "GIT_COMMITTER_NAME", "Ada",
                        "GIT_COMMITTER_EMAIL", "ada@example.org"));
        return builder;
    }

    /// Git's own HTTP server (a CGI program) over a folder of repositories.
    TestServer.Answer backend(Path root) {
        return backend(root, List.of("Content-type", "Content-encoding", "Git-protocol"));
    }

    /// As if it were too old for the second version of the protocol.
    TestServer.Answer oldBackend(Path root) {
        return backend(root, List.of("Content-type", "Content-encoding"));
    }

    private TestServer.Answer backend(Path root, List<String> headers) {
        return exchange -> {
            var builder = builder(List.of("git", "http-backend"), root);
            var environment = builder.environment();
            var uri = exchange.getRequestURI();
            environment.put("GIT_PROJECT_ROOT", root.toString());
            environment.put("GIT_HTTP_EXPORT_ALL", "1");
            environment.put("REQUEST_METHOD", exchange.getRequestMethod());
            environment.put("PATH_INFO", uri.getPath());
            environment.put("QUERY_STRING", uri.getQuery() == null ? "" : uri.getQuery());
            for (var header : headers) {
                var value = exchange.getRequestHeaders().getFirst(header);
                var variable = header.toUpperCase(Locale.ROOT).replace('-', '_');
                if (value != null)
                    environment.put(variable.equals("CONTENT_ENCODING") ? "HTTP_" + variable : variable, value);
            }
            var process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (var in = process.getOutputStream()) {
                exchange.getRequestBody().transferTo(in);
            }
            try (var out = new BufferedInputStream(process.getInputStream())) {
                forward(out, exchange);
            }
            finished(process);
            return true;
        };
    }

    private static void forward(InputStream out, HttpExchange exchange) throws IOException {
        int status = 200;
        for (var line = line(out); !line.isEmpty(); line = line(out)) {
            var parts = line.split(": ", 2);
            if (parts[0].equals("Status")) status = Integer.parseInt(parts[1].substring(0, 3));
            else exchange.getResponseHeaders().set(parts[0], parts[1]);
        }
        exchange.sendResponseHeaders(status, 0);
        out.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
