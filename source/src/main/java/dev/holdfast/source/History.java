package dev.holdfast.source;

import dev.holdfast.port.GitHost.CommitInfo;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;

/// Commits and their ancestry. Read from the objects themselves: JGit's own walk hides the parents of a commit
/// where history was cut, which would turn "unknown" into "no".
final class History {

    private static final int LONGEST_WALK = 50_000;
    private static final int LONGEST_TEXT = 500;

    private History() {}

    /// @throws IllegalArgumentException for bytes that are no commit
    static CommitInfo commit(ObjectReader reader, ObjectId id) throws IOException {
        var commit = parsed(reader, id);
        try {
            var author = commit.getAuthorIdent();
            var committer = commit.getCommitterIdent();
            return new CommitInfo(
                    id.name(),
                    author == null ? "" : cut(author.getName() + " <" + author.getEmailAddress() + ">"),
                    committer == null ? Instant.EPOCH : committer.getWhenAsInstant(),
                    cut(commit.getShortMessage()),
                    Arrays.stream(commit.getParents()).map(RevCommit::name).toList());
        } catch (DateTimeException | IndexOutOfBoundsException malformed) {
            throw new IllegalArgumentException("no commit: " + id.name(), malformed);
        }
    }

    private static RevCommit parsed(ObjectReader reader, ObjectId id) throws IOException {
        var bytes = reader.open(id, Constants.OBJ_COMMIT).getBytes();
        try {
            return RevCommit.parse(bytes);
        } catch (RuntimeException malformed) {
            throw new IllegalArgumentException("no commit: " + id.name(), malformed);
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    static Optional<Boolean> isAncestor(ObjectReader reader, ObjectId ancestor, ObjectId descendant)
            throws IOException {
        var seen = new HashSet<ObjectId>();
        var next = new ArrayDeque<ObjectId>();
        next.add(descendant);
        boolean complete = true;
        while (!next.isEmpty()) {
            var id = next.remove();
            if (id.equals(ancestor)) return Optional.of(true);
            if (!seen.add(id)) continue;
            if (seen.size() > LONGEST_WALK) return Optional.empty();
            try {
                for (var parent : parsed(reader, id).getParents()) next.add(parent.copy());
            } catch (MissingObjectException cut) {
                complete = false;
            }
        }
        return complete ? Optional.of(false) : Optional.empty();
    }
}
