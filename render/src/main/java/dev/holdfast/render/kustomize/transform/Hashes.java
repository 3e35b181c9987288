package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.render.kustomize.tree.Values;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Ends the names of generated objects with a hash of their content. The text that is hashed is JSON as Go writes
/// it: keys sorted, with `<`, `>` and `&` escaped.
public final class Hashes implements Transformer {

    private static final int LENGTH = 10;

    @Override
    public void transform(ResourceList list) {
        for (var resource : list.all()) {
            if (!resource.needsHash()) continue;
            var hash = hash(resource);
            resource.storePreviousId();
            resource.setName(resource.name() + "-" + hash, resource.origin().through("hash"));
        }
        list.forgetIds();
    }

    static String hash(Resource resource) {
        var content =
                switch (resource.kind()) {
                    case "ConfigMap" -> configMap(resource.node());
                    case "Secret" -> secret(resource.node());
                    default -> Values.mapping(resource.node());
                };
        return encoded(goJson(content));
    }

    private static Mapping configMap(Node node) {
        // the name is looked up in the wrong way and always found empty; hashes rest on it
        var content = Mapping.builder().put("data", part(node, "data")).put("kind", "ConfigMap");
        if (node.get("binaryData") instanceof Node binary && !binary.isScalar()) {
            content.put("binaryData", part(node, "binaryData"));
        }
        return content.put("name", "").build();
    }

    private static Mapping secret(Node node) {
        var content = Mapping.builder()
                .put("data", part(node, "data"))
                .put("kind", "Secret")
                .put("name", "")
                .put("type", part(node, "type"));
        if (node.get("stringData") instanceof Node strings && !strings.isScalar()) {
            content.put("stringData", part(node, "stringData"));
        }
        return content.build();
    }

    private static Value part(Node node, String field) {
        var found = Paths.lookup(node, field);
        if (found == null) return Value.of("");
        return found.isScalar() ? Value.of(found.text()) : Values.of(found);
    }

    static String goJson(Value value) {
        return JsonWriter.textSorted(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static String encoded(String json) {
        var text = new StringBuilder(LENGTH);
        var hex = HexFormat.of().formatHex(sha256(json)).substring(0, LENGTH);
        for (char c : hex.toCharArray()) {
            text.append(switch (c) {
                case '0' -> 'g';
                case '1' -> 'h';
                case '3' -> 'k';
                case 'a' -> 'm';
                case 'e' -> 't';
                default -> c;
            });
        }
        return text.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
