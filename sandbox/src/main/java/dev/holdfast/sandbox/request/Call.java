package dev.holdfast.sandbox.request;

import dev.holdfast.port.ApiTransport.Header;
import java.util.List;
import java.util.Optional;

/// One request, taken apart just enough to route it. `path` is decoded segment by segment; the body is not copied.
@SuppressWarnings("ArrayRecordComponent")
public record Call(String method, List<String> path, Query query, List<Header> headers, byte[] body) {

    private static final byte[] NOTHING = {};

    public Call {
        path = List.copyOf(path);
        headers = List.copyOf(headers);
    }

    public static Call of(String method, String target, List<Header> headers, byte[] body) {
        int question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        var query = question < 0 ? "" : target.substring(question + 1);
        var segments = java.util.Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> Query.decode(segment.replace("+", "%2B")))
                .toList();
        return new Call(method, segments, Query.parse(query), headers, body == null ? NOTHING : body);
    }

    /// The same request to a server whose memory lags behind.
    public Call behind() {
        return new Call(method, path, query.behind(), headers, body);
    }

    public Optional<String> header(String name) {
        for (var header : headers) {
            if (header.name().equalsIgnoreCase(name)) return Optional.of(header.value());
        }
        return Optional.empty();
    }

    public List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /// The type of the body without its parameters; empty where none is named.
    public String contentType() {
        var type = header("Content-Type").orElse("");
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    }
}
