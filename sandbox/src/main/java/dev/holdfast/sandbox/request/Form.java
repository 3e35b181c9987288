package dev.holdfast.sandbox.request;

import dev.holdfast.sandbox.answer.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The form of answer that a client accepts: text format, and what the object is turned into.
public record Form(Format format, As as) {

    public static final Form PLAIN = new Form(Format.JSON, As.OBJECT);

    public enum Format {
        JSON,
        YAML
    }

    public enum As {
        OBJECT,
        TABLE,
        METADATA,
        DISCOVERY,
        /// The OpenAPI 2 document as protobuf messages.
        WIRE
    }

    private static final List<String> WIRE_SCHEMAS = List.of(
            "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
            "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");
    private static final List<String> SCHEMAS = List.of("openapi", "v2");

    private static final int LONGEST = 4096;

    /// The first of the accepted types that the server can make; `*` and nothing at all mean JSON.
    public static Form of(Call call) {
        var accept = call.header("Accept").orElse("");
        if (accept.isBlank()) return PLAIN;
        if (accept.length() > LONGEST) throw Refusal.badRequest("the Accept header is too long");
        boolean schemas = call.path().equals(SCHEMAS);
        for (var type : accept.split(",")) {
            if (schemas && WIRE_SCHEMAS.contains(type.strip().toLowerCase(Locale.ROOT))) {
                return new Form(Format.JSON, As.WIRE);
            }
            var form = read(type);
            if (form != null) return form;
        }
        throw Refusal.vague(
                406,
                "NotAcceptable",
                "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
                        + "application/vnd.kubernetes.protobuf");
    }

    private static @org.jspecify.annotations.Nullable Form read(String type) {
        var parts = type.split(";");
        var format = switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
            case "application/json", "*/*", "application/*" -> Format.JSON;
            case "application/yaml" -> Format.YAML;
            default -> null;
        };
        if (format == null) return null;
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0)
                parameters.put(
                        parts[i].substring(0, equals).strip(),
                        parts[i].substring(equals + 1).strip());
        }
        var as = parameters.getOrDefault("as", "");
        if (as.isEmpty()) return new Form(format, As.OBJECT);
        var version = parameters.getOrDefault("g", "") + "/" + parameters.getOrDefault("v", "");
        return switch (as + " " + version) {
            case "Table meta.k8s.io/v1", "Table meta.k8s.io/v1beta1" -> new Form(format, As.TABLE);
            case "PartialObjectMetadata meta.k8s.io/v1", "PartialObjectMetadataList meta.k8s.io/v1" ->
                new Form(format, As.METADATA);
            case "APIGroupDiscoveryList apidiscovery.k8s.io/v2" -> new Form(format, As.DISCOVERY);
            default -> null;
        };
    }
}
