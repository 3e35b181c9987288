package dev.holdfast.sandbox.api;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.write.Bodies;
import dev.holdfast.sandbox.write.WriteOptions;
import dev.holdfast.sandbox.write.WriteOptions.FieldValidation;
import dev.holdfast.yaml.YamlReader;

/// Reads what a server-side apply sends: YAML, of which JSON is the quick case.
final class Applications {

    private Applications() {}

    static Mapping read(Call call, Gvk type, WriteOptions options) {
        Bodies.limit(call);
        var value = parse(call.body(), options);
        if (!(value instanceof Mapping object)) {
            throw Refusal.badRequest("error decoding YAML: a " + value.typeName() + " where an object is expected");
        }
        if (!Meta.apiVersion(object).equals(type.apiVersion())) {
            throw Refusal.badRequest("Incorrect version specified in apply patch. Specified patch version: "
                    + Meta.apiVersion(object) + ", expected: " + type.apiVersion());
        }
        if (Meta.kind(object).isEmpty()) throw Refusal.badRequest("Object 'Kind' is missing in the applied object");
        if (!Meta.kind(object).equals(type.kind())) {
            throw Refusal.badRequest("the applied object is of " + Meta.apiVersion(object) + ", Kind="
                    + Meta.kind(object) + ", where the request's address says " + type.apiVersion() + ", Kind="
                    + type.kind());
        }
        return object;
    }

    private static Value parse(byte[] body, WriteOptions options) {
        try {
            if (options.validation() == FieldValidation.STRICT) strict(body);
            return Bodies.structured(body).value();
        } catch (FaultException broken) {
            throw Refusal.badRequest(
                    "error decoding YAML: " + broken.fault().explanation().message());
        }
    }

    private static void strict(byte[] body) {
        var repeated = YamlReader.go2().repeatedKeys("", body, Bodies.LIMITS);
        if (repeated.isEmpty()) return;
        throw Refusal.badRequest(
                "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  "
                        + String.join("\n  ", repeated));
    }
}
