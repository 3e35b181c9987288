package dev.holdfast.sandbox.kind;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.yaml.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What was recorded from real API servers: pairs of an object before and after defaulting, and exchanges.
public final class Recorded {

    private Recorded() {}

    /// One request with its answer.
    public record Exchange(String scenario, String step, Mapping request, Mapping answer) {
        /// The request's body where it is JSON, also where it was recorded as text.
        public Mapping body() {
            if (request.get("body") instanceof Mapping body) return body;
            return json(request.text("body").orElse("{}"));
        }

        public Mapping answered() {
            return answer.mapping("body");
        }
    }

    public static Mapping json(String text) {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    public static List<String> defaultingPairs() {
        try (var files = Files.list(SharedCases.find("recordings/kubernetes-1.34/defaults"))) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".in.json"))
                    .map(name -> name.substring(0, name.length() - ".in.json".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Mapping file(String relative) {
        return JsonReader.readObject(bytes(SharedCases.find("recordings/" + relative)));
    }

    /// The body of an answer that was recorded with its headers.
    public static Mapping httpBody(String relative) {
        var text = new String(bytes(SharedCases.find("recordings/" + relative)), StandardCharsets.UTF_8);
        return json(text.substring(text.indexOf('{')));
    }

    public static Exchange exchange(String scenario, String step) {
        return exchanges().stream()
                .filter(each -> each.scenario().equals(scenario) && each.step().equals(step))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(scenario + ": " + step));
    }

    public static List<Exchange> exchanges() {
        var path = SharedCases.find("recordings/kubernetes-1.36/exchanges.jsonl");
        return new String(bytes(path), StandardCharsets.UTF_8)
                .lines()
                .map(Recorded::json)
                .map(line -> new Exchange(
                        line.text("scenario").orElse(""),
                        line.text("step").orElse(""),
                        line.mapping("request"),
                        line.mapping("answer")))
                .toList();
    }

    public static Gvk gvk(Mapping object) {
        return Gvk.of(object.text("apiVersion").orElse(""), object.text("kind").orElse(""));
    }

    private static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
