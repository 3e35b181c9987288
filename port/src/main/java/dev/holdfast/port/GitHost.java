package dev.holdfast.port;

import dev.holdfast.model.Secret;
import dev.holdfast.model.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Git repositories, read only. One {@link Store} per (normalised URL, credential), shared by all who have both.
public interface GitHost {

    /// The store of a repository; made at first use.
    /// @throws dev.holdfast.model.FaultException terminal for URLs that are not allowed (`UrlRefused`) or malformed
    Store store(Remote remote);

    record Remote(String url, Optional<Credential> credential) {}

    /// Credentials of a repository: a token or user and password, and a CA bundle (PEM) for the server's
    /// certificate.
    record Credential(Optional<String> user, Optional<Secret> password, Optional<String> certificateAuthority) {}

    interface Store {
        /// A name for this store that holds no secret: the normalised URL.
        String name();

        /// ls-remote: ref name (`HEAD`, `refs/heads/main`, …) to commit id. Annotated tags are peeled.
        /// @throws dev.holdfast.model.FaultException transient (unreachable, 5xx, 200 with HTML), or terminal
        /// (`CredentialRefused`, `RepositoryNotFound`)
        Map<String, String> refs();

        /// Makes the objects of these commits available, fetching just what is missing.
        /// @throws dev.holdfast.model.FaultException as {@link #refs}; terminal `CommitNotFound`
        void fetch(Set<String> commits);

        /// Brings in the history of fetched commits, as far as the server hands it out: a first fetch may be
        /// shallow.
        /// @throws dev.holdfast.model.FaultException as {@link #refs}
        void deepen(Set<String> commits);

        /// The tree of a fetched commit.
        Snapshot snapshot(String commit);

        CommitInfo commit(String id);

        /// Whether `ancestor` is reachable from `descendant`; empty where history is too shallow to know.
        Optional<Boolean> isAncestor(String ancestor, String descendant);
    }

    /// Author and title are untrusted text.
    record CommitInfo(String id, String author, java.time.Instant time, String title, List<String> parents) {}
}
