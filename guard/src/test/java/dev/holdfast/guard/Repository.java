package dev.holdfast.guard;

import dev.holdfast.testkit.SharedCases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// The repository as files: modules, sources, texts.
final class Repository {

    private Repository() {}

    static List<String> modules() {
        var pom = read(SharedCases.root().resolve("pom.xml"));
        return Pattern.compile("<module>(.*?)</module>")
                .matcher(pom)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /// Every Java file below `src/main` (or `src/test`) of all modules.
    static List<Path> sources(String below) {
        return modules().stream()
                .map(module -> SharedCases.root().resolve(module).resolve("src").resolve(below))
                .filter(Files::isDirectory)
                .flatMap(folder -> walk(folder).stream())
                .filter(path -> path.toString().endsWith(".java"))
                .toList();
    }

    static List<Path> walk(Path folder) {
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
