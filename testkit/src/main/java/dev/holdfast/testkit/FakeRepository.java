package dev.holdfast.testkit;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Secret;
import dev.holdfast.port.GitHost;
import dev.holdfast.port.GitHost.Remote;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A repository of {@link FakeGitHost}, from the side of those who push to it and run its server.
public final class FakeRepository implements Forge.ScriptedRepository {

    /// One commit with all its files and symlinks.
    record Commit(GitHost.CommitInfo info, SortedMap<String, String> files, SortedMap<String, String> links) {}

    private final String url;
    private final InstantSource clock;
    private final Map<String, Commit> commits = new TreeMap<>();
    private final SortedMap<String, String> refs = new TreeMap<>();
    private Optional<Secret> password = Optional.empty();
    private Optional<Forge.Trouble> trouble = Optional.empty();
    private int listings;

    FakeRepository(String url, InstantSource clock) {
        this.url = url;
        this.clock = clock;
    }

    @Override
    public Remote remote() {
        return new Remote(url, Optional.empty());
    }

    @Override
    public Remote remote(String secret) {
        return new Remote(
                url,
                Optional.of(
                        new GitHost.Credential(Optional.empty(), Optional.of(Secret.of(secret)), Optional.empty())));
    }

    @Override
    public String commit(String branch, String message, Map<String, String> files) {
        return commit(branch, message, Optional.ofNullable(refs.get("refs/heads/" + branch)), files);
    }

    /// Commits a symlink. It goes when a file, or nothing, is committed in its place.
    public String link(String branch, String path, String target) {
        var parent = Optional.ofNullable(refs.get("refs/heads/" + branch));
        return commit(branch, "Link " + path, parent, Map.of(path, ""), Map.of(path, target));
    }

    @Override
    public String forcePush(String branch, String parent, Map<String, String> files) {
        return commit(branch, "Force-push", Optional.of(parent), files);
    }

    private String commit(String branch, String message, Optional<String> parent, Map<String, String> files) {
        return commit(branch, message, parent, files, Map.of());
    }

    private String commit(
            String branch,
            String message,
            Optional<String> parent,
            Map<String, String> files,
            Map<String, String> linked) {
        var tree = new TreeMap<String, String>();
        var links = new TreeMap<String, String>();
        parent.map(commits::get).ifPresent(commit -> {
            tree.putAll(commit.files());
            links.putAll(commit.links());
        });
        links.keySet().removeAll(files.keySet());
        links.putAll(linked);
        tree.putAll(files);
        tree.values().removeIf(String::isEmpty);
        var now = clock.instant();
        var id = Digest.of(message + now + parent + tree + links + commits.size())
                .first(40);
        var title = message.lines().findFirst().orElse("");
        var info = new GitHost.CommitInfo(
                id, "Ada <ada@example.org>", now, title, parent.map(List::of).orElse(List.of()));
        commits.put(
                id,
                new Commit(info, Collections.unmodifiableSortedMap(tree), Collections.unmodifiableSortedMap(links)));
        refs.put("refs/heads/" + branch, id);
        return id;
    }

    @Override
    public void deleteBranch(String branch) {
        refs.remove("refs/heads/" + branch);
    }

    @Override
    public void tag(String name, String commit) {
        refs.put("refs/tags/" + name, commit);
    }

    @Override
    public void protect(String secret) {
        password = Optional.of(Secret.of(secret));
    }

    @Override
    public void misbehave(Optional<Forge.Trouble> kind) {
        trouble = kind;
    }

    @Override
    public int listings() {
        return listings;
    }

    /// What the server lists; `HEAD` is `main`.
    SortedMap<String, String> list() {
        listings++;
        var listed = new TreeMap<>(refs);
        var main = refs.get("refs/heads/main");
        if (main != null) listed.put("HEAD", main);
        return Collections.unmodifiableSortedMap(listed);
    }

    Map<String, Commit> commits() {
        return commits;
    }

    Optional<Forge.Trouble> trouble() {
        return trouble;
    }

    boolean admits(Optional<GitHost.Credential> credential) {
        return password.isEmpty()
                || credential.flatMap(GitHost.Credential::password).equals(password);
    }
}
