package dev.holdfast.fields;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.testkit.SharedCases;
import dev.holdfast.yaml.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One recorded request with the real API server's answer.
record Exchange(
        int number,
        String scenario,
        String step,
        String method,
        String path,
        Map<String, String> query,
        Value body,
        int status,
        Mapping answer) {

    static List<Exchange> all() {
        try {
            var lines = Files.readAllLines(SharedCases.find("recordings/kubernetes-1.36/exchanges.jsonl"));
            var exchanges = new ArrayList<Exchange>();
            for (int i = 0; i < lines.size(); i++) {
                exchanges.add(of(i, JsonReader.readObject(lines.get(i).getBytes(StandardCharsets.UTF_8))));
            }
            return exchanges;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Exchange of(int number, Mapping line) {
        var target = line.text("request", "path").orElseThrow();
        int question = target.indexOf('?');
        var body = line.at("request", "body");
        return new Exchange(
                number,
                line.text("scenario").orElse(""),
                line.text("step").orElse(""),
                line.text("request", "method").orElse(""),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? Map.of() : parameters(target.substring(question + 1)),
                body == null ? Value.none() : parsed(body),
                Math.toIntExact(line.whole("answer", "status").orElse(0L)),
                line.mapping("answer", "body"));
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new TreeMap<String, String>();
        for (var pair : query.split("&", -1)) {
            var parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    /// Bodies were recorded as text; those that are JSON are read, the others stay text.
    private static Value parsed(Value body) {
        if (!(body instanceof Value.Text(var text, var _)) || !text.startsWith("{")) return body;
        try {
            return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException notJson) {
            return body.withOrigin(Origin.NONE);
        }
    }

    boolean isApply() {
        return method.equals("PATCH")
                && body instanceof Mapping config
                && config.has("apiVersion")
                && config.has("kind");
    }

    String manager() {
        return query.getOrDefault("fieldManager", "Python-urllib");
    }

    Exchange with(Value otherBody, Mapping otherAnswer, Map<String, String> otherQuery) {
        return new Exchange(number, scenario, step, method, path, otherQuery, otherBody, status, otherAnswer);
    }

    @Override
    public String toString() {
        return number + " " + scenario + ": " + step;
    }
}
