package dev.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of the repository that are generated: compared by tests, written anew by `./dev golden`.
public final class Golden {

    private static final String BEGIN = "<!-- generated: ./dev golden -->";
    private static final String END = "<!-- end of generated -->";

    private Golden() {}

    /// The whole file is generated.
    public static void file(String relative, String expected) {
        var path = SharedCases.root().resolve(relative);
        if (updating()) write(path, expected);
        assertThat(read(path))
                .as(relative + " is as generated (./dev golden writes it anew)")
                .isEqualTo(expected);
    }

    /// A part of a hand-written file is generated: what stands between the two marks.
    public static void section(String relative, String expected) {
        var path = SharedCases.root().resolve(relative);
        var text = read(path);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        assertThat(begin >= 0 && end > begin)
                .as(relative + " has the marks of a generated part")
                .isTrue();
        if (updating()) write(path, text.substring(0, begin) + BEGIN + "\n" + expected + text.substring(end));
        assertThat(read(path))
                .as(relative + " holds what is generated (./dev golden writes it anew)")
                .contains(expected);
    }

    private static boolean updating() {
        return "update".equals(System.getProperty("golden"));
    }

    private static String read(Path path) {
        try {
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void write(Path path, String text) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
