package dev.holdfast.render.kustomize.generate;

import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.generate.DataGenerator.Pair;
import dev.holdfast.render.kustomize.load.Loader;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `key=value` in its forms.
final class Pairs {

    private Pairs() {}

    /// A literal; quotes around the whole value go away.
    static Pair literal(Value.Text literal) {
        var text = literal.value();
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw Refusal.at(literal.origin(), "invalid literal source " + text + ", expected key=value");
        }
        var value = unquoted(text.substring(equals + 1));
        return new Pair(text.substring(0, equals), value.getBytes(StandardCharsets.UTF_8), literal.origin());
    }

    private static String unquoted(String text) {
        if (text.length() < 2) return text;
        char first = text.charAt(0);
        boolean quoted = (first == '"' || first == '\'') && first == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    record FileSource(String key, String path) {}

    /// `path` or `key=path`.
    static FileSource fileSource(Value.Text source) {
        var text = source.value();
        int equals = text.indexOf('=');
        if (equals < 0) return new FileSource(text.substring(text.lastIndexOf('/') + 1), text);
        if (text.indexOf('=', equals + 1) >= 0) {
            throw Refusal.at(source.origin(), "source \"" + text + "\" key name or file path contains '='");
        }
        if (equals == 0) {
            throw Refusal.at(
                    source.origin(),
                    "missing key name for file path \"" + text.substring(1) + "\" in source \"" + text + "\"");
        }
        if (equals == text.length() - 1) {
            throw Refusal.at(
                    source.origin(),
                    "missing file path for key name \"" + text.substring(0, equals) + "\" in source \"" + text + "\"");
        }
        return new FileSource(text.substring(0, equals), text.substring(equals + 1));
    }

    /// The lines of an env file: empty ones and comments are passed over; a value is taken as it stands.
    static List<Pair> lines(Loader.Loaded file) {
        var pairs = new ArrayList<Pair>();
        var content = Bytes.text(file.content())
                .orElseThrow(() -> Refusal.at(Origin.at(file.path(), 1, 1), "the file has invalid utf8 bytes"));
        var text = content.startsWith("\uFEFF") ? content.substring(1) : content;
        int number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            var ended = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            var trimmed = ended.stripLeading();
            if (trimmed.isEmpty() || trimmed.charAt(0) == '#') continue;
            int equals = trimmed.indexOf('=');
            var key = equals < 0 ? trimmed : trimmed.substring(0, equals);
            if (key.isEmpty()) continue;
            var value = equals < 0 ? "" : trimmed.substring(equals + 1);
            pairs.add(new Pair(key, value.getBytes(StandardCharsets.UTF_8), Origin.at(file.path(), number, 1)));
        }
        return pairs;
    }
}
