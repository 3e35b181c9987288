package dev.holdfast.sandbox.api;

import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.sandbox.write.Bodies;
import dev.holdfast.sandbox.write.Target;
import dev.holdfast.sandbox.write.WriteOptions;
import dev.holdfast.sandbox.write.WriteOptions.Kind;
import dev.holdfast.sandbox.write.Writers;

/// Subresources other than `status`, which is a view of the object itself.
final class Subresources {

    private final Realm realm;
    private final Scales scales;
    private final Issued issued;
    private final PodSubresources pods;
    private final Patches patches;
    private final Writers writers;

    Subresources(Realm realm, Writers writers, Patches patches, Issued issued) {
        this.issued = issued;
        this.realm = realm;
        this.scales = new Scales(realm, writers, patches);
        this.pods = new PodSubresources(realm, writers);
        this.patches = patches;
        this.writers = writers;
    }

    Answer answer(Call call, Target target, Form form) {
        if (realm.find(target.type(), target.namespace(), target.name()) == null) {
            throw Refusal.notFound(target.subject());
        }
        return switch (target.subresource()) {
            case "token" -> Texts.answer(201, issued.token(call, target), form);
            case "scale" -> scales.answer(call, target, form);
            case "binding" -> pods.bind(call, target, form);
            case "eviction" -> pods.evict(call, target, form);
            case "ephemeralcontainers", "resize", "approval", "finalize" -> part(call, target, form);
            case "log" -> Answer.plain(200, "this Pod runs in a sandbox: nothing is executed, nothing is logged\n");
            default ->
                throw Refusal.of(
                        501,
                        "NotImplemented",
                        "the sandbox runs nothing: there is no " + target.subresource() + " of "
                                + target.type().plural());
        };
    }

    /// A binding that names its pod.
    Answer bind(Call call, Target bindings, Form form) {
        var type = realm.catalog().find("v1", "pods").orElseThrow();
        return pods.bind(call, new Target(type, bindings.namespace(), "", "binding"), form);
    }

    /// Parts of an object that have a place of their own.
    private Answer part(Call call, Target target, Form form) {
        var item = switch (call.method()) {
            case "PUT" ->
                writers.changing()
                        .replace(target, Bodies.object(call, target.type()), WriteOptions.of(call, Kind.UPDATE))
                        .item();
            case "PATCH" -> patches.patch(call, target).item();
            default -> realm.find(target.type(), target.namespace(), target.name());
        };
        if (item == null) throw Refusal.notFound(target.subject());
        return Texts.answer(200, item.tree(), form);
    }
}
