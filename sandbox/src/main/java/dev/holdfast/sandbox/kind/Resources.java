package dev.holdfast.sandbox.kind;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The tables beside these classes: text, a fact a line, `#` starts a comment.
final class Resources {

    private Resources() {}

    static List<String> lines(String name) {
        var stream = Resources.class.getResourceAsStream(name);
        if (stream == null) throw new IllegalStateException("the table " + name + " is missing from the program");
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the table " + name, e);
        }
    }
}
