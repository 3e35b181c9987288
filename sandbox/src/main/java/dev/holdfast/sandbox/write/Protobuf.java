package dev.holdfast.sandbox.write;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.kind.WireEnvelope;
import dev.holdfast.sandbox.kind.WireForm;
import java.util.Optional;

/// Bodies as kubectl's own commands send them for the built-in kinds.
final class Protobuf {

    private Protobuf() {}

    /// Empty where the body is of a kind that has no such form.
    static Optional<Mapping> read(byte[] body) {
        try {
            var envelope = WireEnvelope.of(body);
            var gvk = Gvk.of(envelope.apiVersion(), envelope.kind());
            return WireForm.read(gvk, envelope.message()).map(object -> {
                var named = Mapping.builder().put("kind", envelope.kind()).put("apiVersion", envelope.apiVersion());
                for (var field : object) named.put(field.key(), field.value());
                return named.build();
            });
        } catch (WireForm.Malformed broken) {
            throw Refusal.badRequest("the body is no protobuf of a Kubernetes object: " + broken.getMessage());
        }
    }
}
