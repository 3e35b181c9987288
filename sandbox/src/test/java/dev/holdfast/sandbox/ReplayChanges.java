package dev.holdfast.sandbox;

import dev.holdfast.model.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Other values for single fields of the recorded exchanges, as `replay-changes.txt` lists them.
record ReplayChanges(List<Change> changes) {

    private static final String ANYWHERE = "*";

    private record Change(String scenario, String field, String from, String to) {

        static Change of(String line) {
            var words = line.split(" \\| ");
            return new Change(words[0], words[1], words[2].replace("\\n", "\n"), words[3].replace("\\n", "\n"));
        }

        boolean fits(String key, String parent) {
            return field.equals(key) || field.equals(parent + "." + key);
        }
    }

    static ReplayChanges listed() {
        try (var file = ReplayChanges.class.getResourceAsStream("/replay-changes.txt")) {
            if (file == null) throw new IllegalStateException("no replay-changes.txt beside the tests");
            return new ReplayChanges(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Change::of)
                    .toList());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    ReplayChanges of(String scenario) {
        return new ReplayChanges(changes.stream()
                .filter(change -> change.scenario().equals(scenario))
                .toList());
    }

    /// A text, or a key, with what may stand anywhere in one.
    String anywhere(String text) {
        var told = text;
        for (var change : changes) {
            if (change.field().equals(ANYWHERE)) told = told.replace(change.from(), change.to());
        }
        return told;
    }

    String text(String text, String key, String parent) {
        for (var change : changes) {
            if (change.fits(key, parent) && change.from().equals(text)) return change.to();
        }
        return anywhere(text);
    }

    Value number(Value.Whole number, String key, String parent) {
        for (var change : changes) {
            if (change.fits(key, parent) && change.from().equals(number.toString()))
                return Value.of(Long.parseLong(change.to()));
        }
        return number;
    }

    Value flag(Value.Bool flag, String key, String parent) {
        for (var change : changes) {
            if (change.fits(key, parent) && change.from().equals(flag.toString()))
                return change.to().equals("true") ? Value.TRUE : Value.FALSE;
        }
        return flag;
    }
}
