package dev.holdfast.cli;

import dev.holdfast.fields.FieldPath;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Manifest;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Placement;
import dev.holdfast.source.LineHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `blame FILE-or-OBJECT [FIELD]`: which line of which file set a field, through patches and transformers, and who
/// committed that line.
@Command(
        name = "blame",
        description = "Tell which line set each field of an object, and who committed it: no cluster, no network.",
        footer = {
            "",
            "Without FIELD, every field is shown. Values of Secrets are not.",
            "",
            "Examples:",
            "  holdfast blame deployment/web spec.replicas --in overlays/prod",
            "  holdfast blame base/web.yaml 'spec.template.spec.containers[name=web].image'",
            "  holdfast blame overlays/prod"
        })
final class BlameCommand implements Callable<Integer> {

    private static final int SHOWN = 40;
    private static final int COMMIT_DIGITS = 8;

    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "FILE-or-OBJECT",
            description = "a manifest file, a directory, or an object of --in: KIND/NAME or NAMESPACE/KIND/NAME")
    @SuppressWarnings("NullAway.Init") // picocli refuses to run without it
    private String target;

    @Parameters(index = "1", arity = "0..1", paramLabel = "FIELD", description = "a field path such as spec.replicas")
    private Optional<String> field = Optional.empty();

    @Option(
            names = "--in",
            paramLabel = "PATH",
            defaultValue = ".",
            description = "the directory that makes the object (default: this one)")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path path;

    BlameCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        boolean file = Files.exists(Path.of(target));
        var folder = Folder.at(file ? Path.of(target) : path);
        var rendered = folder.rendered(Placement.Rendering.DETECTED, session.terminal());
        if (rendered.isEmpty()) return Problem.FAILED;
        var chosen = file ? rendered.get() : chosen(rendered.get());
        try (var history = Histories.of(folder)) {
            int shown = 0;
            for (var manifest : chosen) shown += print(manifest, history);
            if (shown > 0) return 0;
        }
        throw Problem.of(
                "FieldNotFound",
                "no object here has the field " + field.orElse("that was asked for"),
                "See all fields: holdfast blame " + target);
    }

    private List<Manifest> chosen(List<Manifest> manifests) {
        var name = ObjectName.parse(target)
                .orElseThrow(() -> Problem.of(
                        "PathNotFound",
                        "there is no file '" + target + "', and it is no object either",
                        "Objects are named KIND/NAME or NAMESPACE/KIND/NAME"));
        var chosen = manifests.stream()
                .filter(manifest -> name.names(manifest.ref()))
                .toList();
        if (!chosen.isEmpty()) return chosen;
        throw Problem.of(
                "ObjectNotFound",
                "'" + path + "' makes no object " + target,
                "See what it makes: holdfast render " + path + " -o name");
    }

    private int print(Manifest manifest, Histories history) {
        var rows = field.map(FieldPath::parse)
                .map(asked -> FieldRows.at(asked, manifest.body()))
                .orElseGet(() -> FieldRows.of(manifest.body()));
        if (rows.isEmpty()) return 0;
        var table = new Table("FIELD", "VALUE", "SET AT", "BY", "COMMIT", "AUTHOR", "DATE");
        for (var row : rows) {
            var origin = row.value().origin();
            var line = history.line(origin);
            table.row(
                    row.path(),
                    secret(manifest, row.path()) ? "***" : cut(row.value().toString()),
                    origin.place(),
                    origin.transformation() == null ? "" : origin.transformation(),
                    line.map(known -> known.commit().substring(0, COMMIT_DIGITS))
                            .orElse(origin.known() ? history.unknown() : ""),
                    line.map(LineHistory.Line::author).orElse(""),
                    line.map(known -> LocalDate.ofInstant(known.time(), ZoneOffset.UTC)
                                    .toString())
                            .orElse(""));
        }
        var terminal = session.terminal();
        terminal.out()
                .println(terminal.paint(
                        Terminal.Paint.BOLD, Terminal.line(manifest.ref().words())));
        for (var line : table.lines((_, text) -> text)) terminal.out().println(line);
        return rows.size();
    }

    private static boolean secret(Manifest manifest, String path) {
        return Masking.concerns(manifest.ref()) && (path.startsWith("data") || path.startsWith("stringData"));
    }

    private static String cut(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }

    /// Who wrote which line, file by file.
    private record Histories(
            FolderSnapshot snapshot,
            Optional<LineHistory> repository,
            Map<String, List<Optional<LineHistory.Line>>> files)
            implements AutoCloseable {

        static Histories of(Folder folder) {
            return new Histories(folder.snapshot(), LineHistory.of(folder.root()), new TreeMap<>());
        }

        Optional<LineHistory.Line> line(Origin origin) {
            if (!origin.known() || repository.isEmpty()) return Optional.empty();
            var lines = files.computeIfAbsent(origin.path(), this::lines);
            return origin.line() < 1 || origin.line() > lines.size() ? Optional.empty() : lines.get(origin.line() - 1);
        }

        private List<Optional<LineHistory.Line>> lines(String path) {
            try {
                return repository.orElseThrow().lines(snapshot.real(path), snapshot.read(path));
            } catch (FaultException gone) {
                return new ArrayList<>();
            }
        }

        /// What stands where a line has no commit.
        String unknown() {
            return repository.isEmpty() ? "no repository" : "not committed";
        }

        @Override
        public void close() {
            repository.ifPresent(LineHistory::close);
        }
    }
}
