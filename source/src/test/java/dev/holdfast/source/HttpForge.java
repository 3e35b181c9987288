package dev.holdfast.source;

import dev.holdfast.model.Secret;
import dev.holdfast.port.GitHost;
import dev.holdfast.port.GitHost.Remote;
import dev.holdfast.source.LocalRepository.Change;
import dev.holdfast.testkit.Forge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Real repositories behind a real server.
final class HttpForge implements Forge, AutoCloseable {

    private final Path folder;
    private final TestServer server;
    private int made;

    HttpForge(Path folder) throws IOException {
        this.folder = folder;
        this.server = TestServer.start();
    }

    TestServer server() {
        return server;
    }

    @Override
    public Hosted create(String name) {
        return new Hosted(name, LocalRepository.create(folder.resolve(name + made++), InstantSource.system()));
    }

    static GitHost.Credential password(String password) {
        return new GitHost.Credential(Optional.empty(), Optional.of(Secret.of(password)), Optional.empty());
    }

    final class Hosted implements ScriptedRepository {

        private final String name;
        private final LocalRepository repository;
        private Optional<String> password = Optional.empty();

        Hosted(String name, LocalRepository repository) {
            this.name = name;
            this.repository = repository;
            server.mount(name, repository);
        }

        LocalRepository repository() {
            return repository;
        }

        @Override
        public Remote remote() {
            return new Remote(server.url(name), Optional.empty());
        }

        @Override
        public Remote remote(String secret) {
            return new Remote(server.url(name), Optional.of(password(secret)));
        }

        @Override
        public String commit(String branch, String message, Map<String, String> files) {
            return repository.commit(change(branch, message, files));
        }

        @Override
        public String forcePush(String branch, String parent, Map<String, String> files) {
            return repository.commitOnto(parent, change(branch, "Force-push", files));
        }

        private static Change change(String branch, String message, Map<String, String> files) {
            var change = Change.on(branch, message);
            for (var file : files.entrySet()) {
                change = file.getValue().isEmpty()
                        ? change.without(file.getKey())
                        : change.with(file.getKey(), file.getValue());
            }
            return change;
        }

        @Override
        public void deleteBranch(String branch) {
            repository.deleteBranch(branch);
        }

        @Override
        public void tag(String tag, String commit) {
            repository.tag(tag, commit);
        }

        @Override
        public void protect(String secret) {
            password = Optional.of(secret);
            misbehave(Optional.empty());
        }

        @Override
        public void misbehave(Optional<Trouble> trouble) {
            if (trouble.isEmpty() && password.isEmpty()) server.answerNormally(name);
            else
                server.answer(
                        name, trouble.map(HttpForge::answer).orElseGet(() -> TestServer.password(password.orElse(""))));
        }

        @Override
        public int listings() {
            return (int) server.requests().stream()
                    .filter(request -> request.method().equals("GET"))
                    .count();
        }
    }

    private static TestServer.Answer answer(Trouble trouble) {
        return switch (trouble) {
            // the connection is closed without an answer
            case UNREACHABLE ->
                exchange -> {
                    throw new UncheckedIOException(new IOException("away"));
                };
            case UNAVAILABLE -> TestServer.status(503);
            case GONE -> TestServer.status(404);
            case LOGIN_PAGE -> exchange -> TestServer.text(exchange, 200, "text/html", "<form>Sign in</form>");
        };
    }

    static Map<String, String> files(int count) {
        var files = new HashMap<String, String>();
        for (int i = 0; i < count; i++) files.put("apps/app-" + i + "/web.yaml", "name: app-" + i + "\n");
        return files;
    }

    @Override
    public void close() {
        server.close();
    }
}
