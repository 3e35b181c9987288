package dev.holdfast.source;

import dev.holdfast.model.Secret;
import dev.holdfast.port.GitHost;
import dev.holdfast.testkit.Forge;
import dev.holdfast.testkit.GitHostContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class JGitHostTest extends GitHostContract {

    @TempDir
    Path folder = Path.of("");

    private HttpForge forge;
    private JGitHost host;

    @BeforeEach
    void start() throws IOException {
        forge = new HttpForge(folder.resolve("served"));
        host = new JGitHost(GitSettings.in(folder.resolve("cache"), Secret.of("key")), new TestingTasks());
    }

    @AfterEach
    void stop() {
        host.close();
        forge.close();
    }

    @Override
    protected GitHost host() {
        return host;
    }

    @Override
    protected Forge forge() {
        return forge;
    }
}
