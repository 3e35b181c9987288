package dev.holdfast.sandbox.api;

import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.sandbox.write.Target;
import dev.holdfast.sandbox.write.Writers;

/// Subresources other than `status`, which is a view of the object itself.
final class Subresources {

    private final Realm realm;
    private final Scales scales;
    private final Issued issued;

    Subresources(Realm realm, Writers writers, Patches patches, Issued issued) {
        this.issued = issued;
        this.realm = realm;
        this.scales = new Scales(realm, writers, patches);
    }

    Answer answer(Call call, Target target, Form form) {
        if (realm.find(target.type(), target.namespace(), target.name()) == null) {
            throw Refusal.notFound(target.subject());
        }
        return switch (target.subresource()) {
            case "token" -> Texts.answer(201, issued.token(call, target), form);
            case "scale" -> scales.answer(call, target, form);
            case "log" -> Answer.plain(200, "this Pod runs in a sandbox: nothing is executed, nothing is logged\n");
            default ->
                throw Refusal.of(
                        501,
                        "NotImplemented",
                        "the sandbox runs nothing: there is no " + target.subresource() + " of "
                                + target.type().plural());
        };
    }
}
