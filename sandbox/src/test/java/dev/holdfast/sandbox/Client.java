package dev.holdfast.sandbox;

import dev.holdfast.model.Mapping;
import dev.holdfast.port.ApiTransport;
import dev.holdfast.port.ApiTransport.Header;
import dev.holdfast.port.ApiTransport.Reply;
import dev.holdfast.port.ApiTransport.Request;
import dev.holdfast.yaml.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A few words to talk to an API in tests.
record Client(ApiTransport api) {

    Reply call(String method, String target, String type, String body) {
        var headers = List.of(new Header("Content-Type", type), new Header("User-Agent", "test/1"));
        return api.send(
                new Request(method, target, headers, body.isEmpty() ? null : body.getBytes(StandardCharsets.UTF_8)));
    }

    Mapping get(String target) {
        return body(call("GET", target, "application/json", ""));
    }

    Reply apply(String target, String body) {
        return call("PATCH", target + "?fieldManager=test&force=true", "application/apply-patch+yaml", body);
    }

    Reply applyConfigMap(String name, String value) {
        return apply("/api/v1/namespaces/default/configmaps/" + name, """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s"}, "data": {"a": "%s"}}
                """.formatted(name, value));
    }

    Reply delete(String target) {
        return call("DELETE", target, "application/json", "");
    }

    static Mapping body(Reply reply) {
        return JsonReader.readObject(reply.body());
    }

    /// The next lines of a watch as `TYPE name`.
    static List<String> lines(ApiTransport.Stream stream, int count) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var line = stream.nextLine();
            if (line == null) {
                lines.add("END");
                return lines;
            }
            var event = JsonReader.readObject(line);
            lines.add(event.text("type").orElse("") + " "
                    + event.text("object", "metadata", "name")
                            .orElse(event.whole("object", "code")
                                    .map(String::valueOf)
                                    .orElse("")));
        }
        return lines;
    }
}
