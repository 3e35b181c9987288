package dev.holdfast.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The server must know how a server answers, not what one answered once.
class RecordingsStayOutsideTest {

    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    /// Shorter names are words of any text.
    private static final int TELLING = 4;
    /// Objects that every cluster has.
    private static final Set<String> EVERYWHERE =
            Set.of("kube-system", "default", "kube-root-ca.crt", "view", "admin", "edit", "cluster-admin");

    private final Set<String> uids = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();
    private final Set<String> messages = new TreeSet<>();
    private final Set<String> bodies = new TreeSet<>();

    private void learn(Value value, String key, String parent) {
        switch (value) {
            case Mapping map -> map.forEach(field -> learn(field.value(), field.key(), key));
            case Sequence list -> list.forEach(item -> learn(item, key, parent));
            case Value.Text(var text, var _) -> {
                var found = UID.matcher(text);
                while (found.find()) uids.add(found.group());
                boolean names = key.equals("name") && parent.equals("metadata") && text.length() >= TELLING;
                if (names && !EVERYWHERE.contains(text)) this.names.add(text);
                // with an object's name in it, or it is anybody's sentence
                if (key.equals("message") && text.contains("\"")) messages.add(text);
            }
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _ -> {
                // tells nothing
            }
        }
    }

    @Test
    void noResourceOfTheProgramHoldsWhatWasRecorded() throws IOException {
        var lines = Files.readAllLines(SharedCases.find("recordings/kubernetes-1.36/exchanges.jsonl"));
        for (var line : lines) {
            var exchange = JsonReader.readObject(line.getBytes(StandardCharsets.UTF_8));
            learn(exchange.mapping("request"), "", "");
            learn(exchange.mapping("answer"), "", "");
            if (exchange.at("answer", "body") instanceof Mapping body && body.has("metadata")) {
                bodies.add(JsonWriter.text(body));
            }
        }
        assertThat(uids).hasSizeGreaterThan(10);
        assertThat(names).contains("boats.rec.example.com");
        assertThat(messages).hasSizeGreaterThan(20);
        var found = new ArrayList<String>();
        for (var file : resources()) {
            var text = Files.readString(file, StandardCharsets.UTF_8);
            for (var all : List.of(uids, messages, bodies)) {
                for (var each : all) if (text.contains(each)) found.add(file.getFileName() + " holds " + each);
            }
            var words = new TreeSet<>(List.of(text.split("[^A-Za-z0-9.-]+")));
            for (var name : names) if (words.contains(name)) found.add(file.getFileName() + " names " + name);
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> resources() throws IOException {
        var root = Path.of(System.getProperty("holdfast.root"));
        var files = new ArrayList<Path>();
        try (var modules = Files.list(root)) {
            for (var module : modules.sorted().toList()) {
                var folder = module.resolve("src/main/resources");
                if (!Files.isDirectory(folder)) continue;
                try (var inside = Files.walk(folder)) {
                    inside.filter(Files::isRegularFile).forEach(files::add);
                }
            }
        }
        assertThat(files).hasSizeGreaterThan(5);
        return files;
    }
}
