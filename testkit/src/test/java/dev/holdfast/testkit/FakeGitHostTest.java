package dev.holdfast.testkit;

import dev.holdfast.port.GitHost;
import java.time.Instant;
import java.time.InstantSource;

class FakeGitHostTest extends GitHostContract {

    private final FakeGitHost fake = new FakeGitHost(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));

    @Override
    protected GitHost host() {
        return fake;
    }

    @Override
    protected Forge forge() {
        return fake;
    }
}
