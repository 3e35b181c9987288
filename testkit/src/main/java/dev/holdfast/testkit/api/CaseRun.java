package dev.holdfast.testkit.api;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.port.ApiTransport.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Runs the steps of one case, up to the first that differs. What the case makes outside its own namespace goes
/// when it ends.
final class CaseRun implements AutoCloseable {

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final Map<String, String> TYPES = Map.of(
            "json", "application/json-patch+json",
            "merge", "application/merge-patch+json",
            "strategic", "application/strategic-merge-patch+json",
            "apply", "application/apply-patch+yaml");
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final String AGENT = "holdfast-contract";

    private final ContractServer server;
    private final Words words;
    private final Map<String, ApiTransport.Stream> streams = new LinkedHashMap<>();
    /// What the case made outside its namespace, and everything that it made.
    private final List<String> made = new ArrayList<>();

    private final List<String> all = new ArrayList<>();
    private final String namespace;
    private boolean hasNamespace;

    CaseRun(ContractServer server, ContractCase each) {
        this.server = server;
        this.namespace = "contract-" + server.run() + "-" + each.id();
        this.words = new Words(Map.of(
                "run", Value.of(server.run()),
                "me", Value.of(namespace),
                "ns", Value.of(namespace),
                "image", Value.of(server.image().isEmpty() ? "none" : server.image())));
    }

    /// What differs in a step; empty where all is as expected.
    List<String> differences(Mapping step) {
        try {
            if (step.has("watch")) return watch(step);
            if (step.has("read")) return read(step);
            if (step.has("pause")) {
                pause(Duration.ofMillis(step.whole("pause").orElseThrow()));
                return List.of();
            }
            return exchange(step);
        } catch (FaultException failed) {
            return List.of("no answer: " + failed.fault().sentence());
        }
    }

    private void pause(Duration time) {
        server.tasks().sleepUntil(server.tasks().now().plus(time));
    }

    private List<String> exchange(Mapping step) {
        var method = step.keys().stream().filter(METHODS::contains).findFirst().orElseThrow();
        var deadline = server.tasks().now().plusSeconds(step.whole("await").orElse(0L));
        while (true) {
            var request = request(step, method);
            var reply = server.api().send(request);
            note(request, reply);
            var body = body(reply);
            var found = compare(step, reply, body);
            if (found.isEmpty()) save(step, body, reply);
            if (found.isEmpty() || !server.tasks().now().isBefore(deadline)) return found;
            pause(BETWEEN_LOOKS);
        }
    }

    private Request request(Mapping step, String method) {
        var headers = new ArrayList<Header>();
        headers.add(new Header("User-Agent", AGENT));
        headers.add(new Header("Accept", words.filled(step.text("as").orElse("application/json"))));
        step.text("user").ifPresent(user -> headers.add(new Header("Impersonate-User", words.filled(user))));
        for (var group : step.sequence("groups")) headers.add(new Header("Impersonate-Group", group.toString()));
        for (var header : step.mapping("headers")) {
            headers.add(new Header(header.key(), words.filled(header.value().toString())));
        }
        byte[] sent = null;
        if (step.has("send")) sent = server.notation().writeJson(words.filled(value(step, "send")));
        if (step.has("text"))
            sent = words.filled(value(step, "text")).toString().getBytes(StandardCharsets.UTF_8);
        if (sent != null) {
            var type = step.text("type").orElse("application/json");
            headers.add(new Header("Content-Type", TYPES.getOrDefault(type, type)));
        }
        return new Request(method, place(step.text(method).orElseThrow()), headers, sent);
    }

    private static Value value(Mapping step, String key) {
        return step.find(key).orElseThrow();
    }

    /// `~/pods` and `~apps/deployments` are in the case's own namespace, which is made when it is first named.
    private String place(String written) {
        if (written.startsWith("~") || written.contains("$ns")) makeNamespace();
        var path = words.filled(written);
        if (!path.startsWith("~")) return path;
        int slash = path.indexOf('/');
        var group = path.substring(1, slash);
        var version = group.isEmpty()
                ? "/api/v1"
                : group.contains(":") ? "/apis/" + group.replace(':', '/') : "/apis/" + group + "/v1";
        return version + "/namespaces/" + namespace + path.substring(slash);
    }

    private void makeNamespace() {
        if (hasNamespace) return;
        hasNamespace = true;
        var label = Mapping.of("holdfast-contract", Value.of(server.run()));
        var metadata =
                Mapping.builder().put("name", namespace).put("labels", label).build();
        var body = Mapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "Namespace")
                .put("metadata", metadata)
                .build();
        var headers = List.of(new Header("Content-Type", "application/json"), new Header("User-Agent", AGENT));
        var request = new Request(
                "POST", "/api/v1/namespaces", headers, server.notation().writeJson(body));
        var reply = server.api().send(request);
        if (reply.status() == 201) made.add("/api/v1/namespaces/" + namespace);
        else throw new IllegalStateException("the namespace was not made: " + text(reply));
    }

    /// What this case made outside its namespace: only what a server says it created now.
    private void note(Request request, Reply reply) {
        if (reply.status() != 201) return;
        if (request.target().contains("dryRun=") || request.target().endsWith("reviews")) return;
        var path = request.target().replaceFirst("\\?.*", "");
        var name = body(reply) instanceof Mapping object
                ? object.text("metadata", "name").orElse("")
                : "";
        var place = request.method().equals("PATCH") || name.isEmpty() ? path : path + "/" + name;
        all.add(place);
        if (!place.contains("/namespaces/" + namespace)) made.add(place);
    }

    private Value body(Reply reply) {
        try {
            return reply.body().length == 0 ? Value.none() : server.notation().readJson(reply.body());
        } catch (RuntimeException noJson) {
            return Value.of(text(reply));
        }
    }

    private static String text(Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private List<String> compare(Mapping step, Reply reply, Value body) {
        var found = new ArrayList<String>();
        var wanted = step.whole("gives");
        boolean fits = wanted.isPresent() ? wanted.get() == reply.status() : reply.ok();
        if (!fits) {
            var said = text(reply);
            found.add("status " + reply.status() + ", expected "
                    + wanted.map(String::valueOf).orElse("success") + ": "
                    + said.substring(0, Math.min(600, said.length())));
            return found;
        }
        step.find("shows").ifPresent(shape -> found.addAll(Shape.differences(words.filled(shape), body)));
        step.text("says").map(words::filled).ifPresent(pattern -> {
            if (!Pattern.compile(pattern, Pattern.DOTALL).matcher(text(reply)).find()) {
                found.add("the answer is '" + text(reply) + "', expected " + pattern);
            }
        });
        for (var header : step.mapping("answers")) {
            var shape = words.filled(header.value());
            var sent = reply.header(header.key())
                    .map(value -> (Value) Value.of(value))
                    .orElse(null);
            Shape.differences(shape, sent).forEach(each -> found.add("header " + header.key() + ": " + each));
        }
        return found;
    }

    private void save(Mapping step, Value body, Reply reply) {
        for (var field : step.mapping("save")) {
            var path = field.value().toString();
            if (path.startsWith("header ")) {
                words.put(field.key(), Value.of(reply.header(path.substring(7)).orElse("")));
            } else {
                at(body, path).ifPresent(value -> words.put(field.key(), value));
            }
        }
    }

    /// `metadata.uid`, `items[0].metadata.name`, or `.` for everything.
    private static Optional<Value> at(Value body, String path) {
        Value current = body;
        for (var step : path.equals(".") ? List.<String>of() : List.of(path.split("[.\\[]"))) {
            Value next = null;
            if (current instanceof Mapping mapping) next = mapping.get(step.replace("\\", "."));
            else if (current instanceof Sequence list && step.matches("[0-9]+]")) {
                int index = Integer.parseInt(step.substring(0, step.length() - 1));
                if (index < list.size()) next = list.get(index);
            }
            if (next == null) return Optional.empty();
            current = next;
        }
        return Optional.of(current);
    }

    private List<String> watch(Mapping step) {
        var headers = new ArrayList<Header>();
        headers.add(new Header("User-Agent", AGENT));
        headers.add(new Header("Accept", step.text("as").orElse("application/json")));
        var stream = server.api().open(Request.get(place(step.text("watch").orElseThrow()), headers));
        var name = step.text("open").orElse("");
        var old = streams.put(name, stream);
        if (old != null) old.close();
        long wanted = step.whole("gives").orElse(200L);
        if (stream.status() != wanted) return List.of("status " + stream.status() + ", expected " + wanted);
        return events(step, stream);
    }

    /// Reads as many events as the step names; the text `end` is the end of the stream.
    private List<String> read(Mapping step) {
        var name = step.text("read").orElseThrow();
        var stream = streams.get(name);
        return stream == null ? List.of("no watch " + name + " was begun") : events(step, stream);
    }

    private List<String> events(Mapping step, ApiTransport.Stream stream) {
        for (var expected : step.sequence("events")) {
            var line = stream.nextLine();
            boolean end = expected.equals(Value.of("end"));
            if (line == null) return end ? List.of() : List.of("the watch ended, expected " + expected);
            var event = server.notation().readJson(line);
            if (end) return List.of("the watch went on with " + event);
            var found = Shape.differences(words.filled(expected), event);
            if (!found.isEmpty()) return found;
            save(step, event, new Reply(200, List.of(), line));
        }
        return List.of();
    }

    /// Lets go of what a case that failed half way holds with finalizers.
    void release() {
        var nothing = Mapping.of("metadata", Mapping.of("finalizers", Value.none()));
        var headers =
                List.of(new Header("Content-Type", TYPES.getOrDefault("merge", "")), new Header("User-Agent", AGENT));
        for (var place : all) {
            try {
                server.api()
                        .send(new Request(
                                "PATCH", place, headers, server.notation().writeJson(nothing)));
            } catch (FaultException gone) {
                return;
            }
        }
    }

    @Override
    public void close() {
        streams.values().forEach(ApiTransport.Stream::close);
        for (var path : made.reversed()) {
            try {
                server.api().send(new Request("DELETE", path, List.of(new Header("User-Agent", AGENT)), null));
            } catch (FaultException gone) {
                // the next run has other names
            }
        }
    }
}
