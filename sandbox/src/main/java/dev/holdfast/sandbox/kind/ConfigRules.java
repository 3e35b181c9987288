package dev.holdfast.sandbox.kind;

import static dev.holdfast.sandbox.kind.Problems.keyed;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// ConfigMaps and Secrets: their keys, their size, and what `immutable` forbids.
final class ConfigRules {

    private static final long MOST_BYTES = 1024L * 1024;
    private static final String SEALED = "field is immutable when `immutable` is set";

    private ConfigRules() {}

    static void configMap(Mapping object, Problems problems) {
        long size = 0;
        var binary = object.mapping("binaryData");
        for (var entry : object.mapping("data")) {
            keys(entry.key(), "data", problems);
            if (binary.has(entry.key())) {
                problems.invalid(keyed("data", entry.key()), entry.key(), "duplicate of key present in binaryData");
            }
            size += bytes(entry.value());
        }
        for (var entry : binary) {
            keys(entry.key(), "binaryData", problems);
            size += decodedBytes(entry.value());
        }
        if (size > MOST_BYTES) problems.tooLong("", MOST_BYTES);
    }

    /// Events stand in the namespace of what they tell of; those of the cluster's own objects in `default`.
    static void event(Mapping event, Problems problems) {
        var namespace = event.text("metadata", "namespace").orElse("");
        var told = event.text("involvedObject", "namespace").orElse("");
        boolean fits = told.isEmpty() ? namespace.equals("default") : told.equals(namespace);
        if (!fits) problems.invalid("involvedObject.namespace", told, "does not match event.namespace");
    }

    static void configMapChange(Mapping object, Mapping old, Problems problems) {
        if (!old.bool("immutable").orElse(false)) return;
        if (!object.bool("immutable").orElse(false)) problems.forbidden("immutable", SEALED);
        for (var field : List.of("data", "binaryData")) {
            if (!object.mapping(field).equals(old.mapping(field))) problems.forbidden(field, SEALED);
        }
    }

    static void secret(Mapping object, Problems problems) {
        long size = 0;
        var data = object.mapping("data");
        for (var entry : data) {
            keys(entry.key(), "data", problems);
            size += decodedBytes(entry.value());
        }
        if (size > MOST_BYTES) problems.tooLong("data", MOST_BYTES);
        switch (object.text("type").orElse("")) {
            case "kubernetes.io/service-account-token" -> {
                var account = object.text("metadata", "annotations", "kubernetes.io/service-account.name");
                if (account.orElse("").isEmpty()) {
                    problems.required("metadata.annotations[kubernetes.io/service-account.name]", "");
                }
            }
            case "kubernetes.io/dockercfg" -> needs(data, ".dockercfg", problems);
            case "kubernetes.io/dockerconfigjson" -> needs(data, ".dockerconfigjson", problems);
            case "kubernetes.io/basic-auth" -> {
                if (data.has("username") || data.has("password")) return;
                problems.required("data[username]", "");
                problems.required("data[password]", "");
            }
            case "kubernetes.io/ssh-auth" -> needs(data, "ssh-privatekey", problems);
            case "kubernetes.io/tls" -> {
                needs(data, "tls.crt", problems);
                needs(data, "tls.key", problems);
            }
            default -> {
                // any keys will do
            }
        }
    }

    /// The value is not shown: it is the secret.
    static void secretChange(Mapping object, Mapping old, Problems problems) {
        problems.immutable("type", object.get("type"), old.get("type"));
        if (!old.bool("immutable").orElse(false)) return;
        if (!object.bool("immutable").orElse(false)) problems.forbidden("immutable", SEALED);
        if (!object.mapping("data").equals(old.mapping("data"))) problems.forbidden("data", SEALED);
    }

    private static void needs(Mapping data, String key, Problems problems) {
        if (!data.has(key)) problems.required(keyed("data", key), "");
    }

    private static void keys(String key, String field, Problems problems) {
        for (var wrong : Names.configKey(key)) problems.invalid(keyed(field, key), key, wrong);
    }

    private static long bytes(Value value) {
        return value.asText().orElse("").getBytes(StandardCharsets.UTF_8).length;
    }

    /// What is no base64 is refused when the body is read.
    private static long decodedBytes(Value value) {
        try {
            return Base64.getMimeDecoder().decode(value.asText().orElse("")).length;
        } catch (IllegalArgumentException _) {
            return 0;
        }
    }
}
