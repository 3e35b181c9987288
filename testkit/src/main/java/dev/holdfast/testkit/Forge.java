package dev.holdfast.testkit;

import dev.holdfast.port.GitHost.Remote;
import java.util.Map;
import java.util.Optional;

/// The other end of a {@link dev.holdfast.port.GitHost}, as a contract test drives it: repositories that people
/// push to, and servers that misbehave.
public interface Forge {

    /// Makes an empty repository.
    ScriptedRepository create(String name);

    interface ScriptedRepository {

        /// How to reach it without a credential.
        Remote remote();

        /// How to reach it with the credential that {@link #protect} asks for.
        Remote remote(String password);

        /// Commits files (a null-free map of path to content) on top of a branch; removes what is named with empty
        /// content. Gives the commit's id.
        String commit(String branch, String message, Map<String, String> files);

        /// Moves the branch to a commit on top of `parent`, whatever it was at.
        String forcePush(String branch, String parent, Map<String, String> files);

        void deleteBranch(String branch);

        /// An annotated tag.
        void tag(String name, String commit);

        /// From now on asks for this password.
        void protect(String password);

        /// How the server answers from now on; empty means as it should.
        void misbehave(Optional<Trouble> trouble);

        /// How many times the refs were listed.
        int listings();
    }

    enum Trouble {
        /// Nothing listens.
        UNREACHABLE,
        /// It answers 503.
        UNAVAILABLE,
        /// It answers 200 with a login page.
        LOGIN_PAGE,
        /// It answers 404.
        GONE
    }
}
