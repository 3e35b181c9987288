package dev.holdfast.sandbox;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Makes the recorded requests, in their order, and compares each answer with the recorded one.
final class Replay {

    /// The recordings begin a little later.
    static final Instant BEFORE = Instant.parse("2026-11-21T13:29:05Z");

    private static final Pattern TIME = Pattern.compile("2026-11-21T[0-9:]{8}Z");

    private final ApiTransport api;
    private final Consumer<Instant> settle;
    private final Retelling retelling;
    private final List<String> lines;
    private final Map<String, String> saved = new HashMap<>();

    /// `settle` waits until a recorded time, in which the controllers do what they have to do.
    Replay(ApiTransport api, Consumer<Instant> settle, List<String> lines, Retelling.Way way) {
        this.api = api;
        this.settle = settle;
        this.lines = lines;
        this.retelling = new Retelling(way, lines);
    }

    /// Whether a body was sent, and whether it is another than the recorded one.
    enum Sent {
        NO_BODY,
        AS_RECORDED,
        OTHERWISE
    }

    record Step(String scenario, String step, Sent sent, List<String> differences) {
        boolean passed() {
            return differences.isEmpty();
        }
    }

    List<Step> run() {
        prepare();
        var steps = new ArrayList<Step>();
        var scenario = "";
        var clock = BEFORE;
        for (var line : lines) {
            var exchange = retelling.exchange(line);
            var name = exchange.text("scenario").orElseThrow();
            if (!name.equals(scenario)) {
                scenario = name;
                if (scenario.equals("read")) prepareRead();
            }
            settle.accept(time(exchange.mapping("answer"), clock));
            clock = time(exchange.mapping("answer"), clock);
            steps.add(new Step(name, exchange.text("step").orElseThrow(), sent(exchange), differences(exchange)));
        }
        return steps;
    }

    private Sent sent(Mapping exchange) {
        var recorded = exchange.mapping("request").get("body");
        if (recorded == null || recorded.isNull()) return Sent.NO_BODY;
        var same = recorded instanceof Value.Text(var text, var _)
                ? plain(text).equals(plain(retelling.body(recorded).toString()))
                : recorded.equals(retelling.body(recorded));
        return same ? Sent.AS_RECORDED : Sent.OTHERWISE;
    }

    /// Told the same in other white space is told the same.
    private static String plain(String text) {
        return text.replaceAll("\\s", "");
    }

    private void prepare() {
        post("/api/v1/namespaces", "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"rec\"}}");
        settle.accept(BEFORE);
    }

    /// The latest time that an answer shows, or the last one.
    private static Instant time(Value answer, Instant last) {
        return switch (answer) {
            case Mapping mapping -> {
                var latest = last;
                for (var field : mapping) latest = time(field.value(), latest);
                yield latest;
            }
            case Sequence list -> {
                var latest = last;
                for (var item : list) latest = time(item, latest);
                yield latest;
            }
            case Value.Text(var text, var _)
            when TIME.matcher(text).matches() -> {
                var found = Instant.parse(text);
                yield found.isAfter(last) ? found : last;
            }
            default -> last;
        };
    }

    /// What the recordings' description says existed before this scenario.
    private void prepareRead() {
        for (int i = 0; i < 5; i++) {
            post("/api/v1/namespaces/rec/configmaps", """
                    {"apiVersion": "v1", "kind": "ConfigMap",
                     "metadata": {"name": "l%d", "labels": {"all": "y", "n": "%d"}}, "data": {"i": "%d"}}
                    """.formatted(i, i, i));
        }
    }

    private void post(String path, String body) {
        var headers =
                List.of(new Header("Content-Type", "application/json"), new Header("User-Agent", retelling.agent()));
        var sent = JsonWriter.write(retelling.body(JsonReader.read(body.getBytes(StandardCharsets.UTF_8))));
        var reply = api.send(new Request("POST", retelling.path(path), headers, sent));
        if (!reply.ok()) throw new IllegalStateException(new String(reply.body(), StandardCharsets.UTF_8));
    }

    private List<String> differences(Mapping exchange) {
        var request = exchange.mapping("request");
        var headers = new ArrayList<Header>();
        headers.add(new Header("User-Agent", retelling.agent()));
        request.mapping("headers").texts().forEach((name, value) -> headers.add(new Header(name, value)));
        var recorded = request.get("body");
        var sent = recorded == null ? null : retelling.body(recorded);
        byte[] body = null;
        if (sent instanceof Value.Text(var text, var _)) body = filled(text).getBytes(StandardCharsets.UTF_8);
        else if (sent != null && !sent.isNull()) {
            body = filled(JsonWriter.text(sent)).getBytes(StandardCharsets.UTF_8);
        }
        var target = filled(retelling.path(request.text("path").orElseThrow()));
        var reply = api.send(new Request(request.text("method").orElseThrow(), target, headers, body));
        return compare(exchange, reply);
    }

    private List<String> compare(Mapping exchange, ApiTransport.Reply reply) {
        var expected = exchange.mapping("answer");
        var text = new String(reply.body(), StandardCharsets.UTF_8);
        var found = new ArrayList<String>();
        if (reply.status() != expected.whole("status").orElseThrow()) {
            found.add("status " + reply.status() + ", expected "
                    + expected.whole("status").orElseThrow() + ": " + text.substring(0, Math.min(400, text.length())));
            return found;
        }
        var type = expected.text("contentType").orElse("");
        if (!reply.header("Content-Type").orElse("").equals(type)) {
            found.add("content type " + reply.header("Content-Type") + ", expected " + type);
        }
        for (var warning : expected.sequence("warning")) {
            var sent = reply.headers().stream()
                    .filter(header -> header.name().equals("Warning"))
                    .map(Header::value)
                    .toList();
            if (!sent.contains(warning.toString())) found.add("warnings " + sent + ", expected " + warning);
        }
        var told = expected.get("body");
        var body = told == null ? null : retelling.answer(told);
        if (body instanceof Value.Text(var words, var _)) {
            if (type.equals("application/yaml")) {
                found.addAll(Masked.differences(retelling.answer(yaml(words)), yaml(text)));
            } else if (!words.equals(text)) {
                found.add("'" + text + "', expected '" + words + "'");
            }
            return found;
        }
        var actual = JsonReader.read(reply.body());
        if (body != null) found.addAll(Masked.differences(body, actual));
        save(exchange.mapping("save"), actual);
        return found;
    }

    private static Value yaml(String text) {
        return YamlReader.go2().document("", text.getBytes(StandardCharsets.UTF_8), Limits.FILE);
    }

    private void save(Mapping wanted, Value answer) {
        wanted.texts().forEach((name, path) -> {
            if (answer instanceof Mapping object) {
                object.text(path.split("\\.")).ifPresent(value -> saved.put(name, value));
            }
        });
    }

    private String filled(String text) {
        var filled = text;
        for (var entry : saved.entrySet()) filled = filled.replace("{" + entry.getKey() + "}", entry.getValue());
        return filled;
    }
}
