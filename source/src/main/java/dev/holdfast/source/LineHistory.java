package dev.holdfast.source;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.blame.BlameGenerator;
import org.eclipse.jgit.blame.BlameResult;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/// Which commit wrote each line of a file of a work tree on this machine. Only objects are read: no filter, hook or
/// program that the repository's configuration names is run, and the file's text is what the caller gives.
public final class LineHistory implements AutoCloseable {

    private static final int LONGEST_TEXT = 200;

    private final Repository repository;

    private LineHistory(Repository repository) {
        this.repository = repository;
    }

    /// The commit that wrote a line: author and title are untrusted text.
    public record Line(String commit, String author, Instant time, String title) {}

    /// Of the repository whose work tree is `root`; empty where there is none.
    /// @throws FaultException terminal `RepositoryUnreadable`
    public static Optional<LineHistory> of(Path root) {
        IsolatedSystem.install();
        var builder = new FileRepositoryBuilder().setMustExist(true);
        builder.addCeilingDirectory(root.toFile().getParentFile()).findGitDir(root.toFile());
        File folder = builder.getGitDir();
        if (folder == null) return Optional.empty();
        try {
            return Optional.of(new LineHistory(builder.build()));
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    /// For every line of the file's present text; empty where it is not committed in that form.
    /// @param path relative to the work tree, with `/`
    public List<Optional<Line>> lines(String path, byte[] text) {
        try (var generator = new BlameGenerator(repository, path)) {
            var head = repository.resolve(Constants.HEAD);
            var present = new RawText(text);
            if (head != null) generator.push(null, head);
            generator.push("", present);
            var result = BlameResult.create(generator);
            if (result == null) return none(present.size());
            result.computeAll();
            var lines = new ArrayList<Optional<Line>>(present.size());
            for (int i = 0; i < present.size(); i++) lines.add(Optional.ofNullable(line(result.getSourceCommit(i))));
            return lines;
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private static List<Optional<Line>> none(int lines) {
        var none = new ArrayList<Optional<Line>>(lines);
        for (int i = 0; i < lines; i++) none.add(Optional.empty());
        return none;
    }

    private static @Nullable Line line(@Nullable RevCommit commit) {
        if (commit == null) return null;
        var author = commit.getAuthorIdent();
        return new Line(
                commit.name(),
                author == null ? "" : cut(author.getName() + " <" + author.getEmailAddress() + ">"),
                author == null ? Instant.EPOCH : author.getWhenAsInstant(),
                cut(commit.getShortMessage()));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    private static FaultException unreadable(IOException failure) {
        var fault = Fault.terminal(
                "RepositoryUnreadable", "the history can't be read: " + failure.getMessage(), "Try git fsck there");
        return new FaultException(fault, failure);
    }

    @Override
    public void close() {
        repository.close();
    }
}
