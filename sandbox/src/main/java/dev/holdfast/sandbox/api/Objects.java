package dev.holdfast.sandbox.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.access.Attributes;
import dev.holdfast.sandbox.access.Escalation;
import dev.holdfast.sandbox.access.User;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.read.Lists;
import dev.holdfast.sandbox.read.Selection;
import dev.holdfast.sandbox.read.Views;
import dev.holdfast.sandbox.read.Watching;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Aim;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.sandbox.resource.ResourceType;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.write.Bodies;
import dev.holdfast.sandbox.write.Deleting;
import dev.holdfast.sandbox.write.Target;
import dev.holdfast.sandbox.write.WriteOptions;
import dev.holdfast.sandbox.write.WriteOptions.Kind;
import dev.holdfast.sandbox.write.Writers;
import dev.holdfast.sandbox.write.Written;
import java.util.ArrayList;
import java.util.List;

/// Requests about objects: each verb at its place.
public final class Objects {

    private final Realm realm;
    private final Views views;
    private final Lists lists;
    private final Watching watching;
    private final Writers writers;
    private final Patches patches;
    private final Subresources subresources;
    private final Creations creations;
    private final Escalation escalation;

    public Objects(Realm realm, Reading reading, Writers writers, Creations creations) {
        this.realm = realm;
        this.views = reading.views();
        this.lists = reading.lists();
        this.watching = reading.watching();
        this.writers = writers;
        this.patches = new Patches(realm, writers);
        this.subresources = new Subresources(realm, writers, patches, creations.issued());
        this.creations = creations;
        this.escalation = creations.escalation();
    }

    /// What answers questions.
    public record Reading(Views views, Lists lists, Watching watching) {}

    Answer answer(Call call, Aim aim, User user, Form form) {
        if (!realm.catalog().serves(aim.apiVersion())) return Answer.plain(404, "404 page not found\n");
        var type = realm.catalog().find(aim.apiVersion(), aim.resource()).orElseThrow(Refusal::noSuchResource);
        scoped(type, aim);
        var wanted = new Views.Wanted(form.as(), call.query().get("includeObject"), Views.Header.WRITTEN);
        var target = new Target(type, aim.namespace(), aim.name(), aim.subresource());
        if (type.namespaced() == false) target = new Target(type, "", aim.name(), aim.subresource());
        if (!aim.subresource().isEmpty()) {
            var sub = type.subresource(aim.subresource()).orElseThrow(Refusal::noSuchResource);
            if (!sub.verbs().contains(aim.verb())) throw Refusal.methodNotAllowed();
            if (!target.status()) return subresources.answer(call, target, form);
        } else if (!type.allows(aim.verb())) {
            throw Refusal.methodNotAllowed();
        }
        if (Escalation.concerns(aim.group(), aim.resource())) noMoreThanHeld(call, aim, user, target);
        return answer(call, aim, user, form, new Matter(target, wanted)).withWarnings(deprecation(type));
    }

    /// What a request is about, and what of it the client wants to see.
    private record Matter(Target target, Views.Wanted wanted) {}

    private List<String> deprecation(ResourceType type) {
        return switch (type.qualified()) {
            case "endpoints" -> List.of("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
            case "componentstatuses" -> List.of("v1 ComponentStatus is deprecated in v1.19+");
            default -> realm.types().deprecation(type);
        };
    }

    private Answer answer(Call call, Aim aim, User user, Form form, Matter matter) {
        var target = matter.target();
        var wanted = matter.wanted();
        var type = target.type();
        return switch (aim.verb()) {
            case "get" -> Texts.answer(200, views.one(type, found(target, call), wanted), form);
            case "list" ->
                Texts.answer(200, lists.json(type, selection(type, target, call), call.query(), wanted), form);
            case "watch" -> watching.open(type, selection(type, target, call), call.query(), wanted);
            case "create" -> create(call, target, user, form, wanted);
            case "update" -> {
                var options = WriteOptions.of(call, Kind.UPDATE);
                yield written(
                        target, writers.changing().replace(target, Bodies.object(call, type), options), form, wanted);
            }
            case "patch" -> written(target, patches.patch(call, target), form, wanted);
            case "delete" -> delete(call, target, form, wanted);
            case "deletecollection" -> deleteAll(call, target, form);
            default -> throw Refusal.methodNotAllowed();
        };
    }

    /// Roles and bindings are judged as they would be, before they are written.
    private void noMoreThanHeld(Call call, Aim aim, User user, Target target) {
        switch (aim.verb()) {
            case "create", "update" ->
                escalation.check(
                        user,
                        Attributes.of(aim),
                        Bodies.object(call, target.type()).object());
            case "patch" ->
                escalation.check(
                        user,
                        Attributes.of(aim),
                        patches.preview(call, target).item().tree());
            default -> {}
        }
    }

    private static void scoped(ResourceType type, Aim aim) {
        boolean misplaced = !type.namespaced()
                && !aim.namespace().isEmpty()
                && !aim.resource().equals("namespaces");
        boolean nowhere =
                type.namespaced() && aim.namespace().isEmpty() && !aim.name().isEmpty();
        if (misplaced || nowhere) throw Refusal.noSuchResource();
        boolean writes = !aim.verb().equals("list")
                && !aim.verb().equals("watch")
                && !aim.verb().equals("get");
        if (type.namespaced() && aim.namespace().isEmpty() && writes) throw Refusal.methodNotAllowed();
        boolean placeless = aim.name().isEmpty()
                && (aim.verb().equals("update") || aim.verb().equals("patch"));
        if (placeless
                || !aim.name().isEmpty()
                        && aim.subresource().isEmpty()
                        && aim.verb().equals("create")) {
            throw Refusal.methodNotAllowed();
        }
    }

    private static Selection selection(ResourceType type, Target target, Call call) {
        return Selection.of(type, target.namespace(), call.query());
    }

    private Item found(Target target, Call call) {
        return lists.item(target.type(), target.key(), call.query())
                .orElseThrow(() -> Refusal.notFound(target.subject()));
    }

    private Answer create(Call call, Target target, User user, Form form, Views.Wanted wanted) {
        var options = WriteOptions.of(call, Kind.CREATE);
        if (target.type().qualified().equals("bindings")) return subresources.bind(call, target, form);
        var sent = signed(Bodies.object(call, target.type()), target, user);
        var special = creations.answer(target, sent.object(), user, options);
        if (special.isPresent()) return Texts.answer(201, special.get(), form);
        return written(target, writers.creating().create(target, sent, options), form, wanted);
    }

    /// A signing request says who asks, whatever was sent.
    private static Bodies.Sent signed(Bodies.Sent sent, Target target, User user) {
        if (!target.type().qualified().equals("certificatesigningrequests.certificates.k8s.io")) return sent;
        var spec = sent.object().mapping("spec");
        for (var field : List.of("username", "uid", "groups", "extra")) {
            var value = user.info().get(field);
            spec = value == null ? spec.without(field) : spec.with(field, value);
        }
        return new Bodies.Sent(sent.object().with("spec", spec), sent.duplicates());
    }

    private Answer written(Target target, Written written, Form form, Views.Wanted wanted) {
        return Texts.answer(written.status(), views.one(target.type(), written.item(), wanted), form)
                .withWarnings(written.warnings());
    }

    private Answer delete(Call call, Target target, Form form, Views.Wanted wanted) {
        var deleted = writers.deleting().delete(target, options(call));
        boolean gone = deleted.result() == Written.Result.DELETED;
        if (gone && !Deleted.answersWithObject(target.type())) {
            return Texts.answer(200, Deleted.status(target, deleted.item()), form);
        }
        return written(target, deleted, form, wanted);
    }

    private Answer deleteAll(Call call, Target target, Form form) {
        var options = options(call);
        var page = lists.page(target.type(), selection(target.type(), target, call), call.query());
        var items = new ArrayList<Value>();
        for (var item : writers.deleting().deleteAll(target, page.items(), options)) {
            items.add(views.tree(target.type(), item));
        }
        var list = Mapping.builder()
                .put("kind", target.type().names().listKind())
                .put("apiVersion", target.type().apiVersion())
                .put(
                        "metadata",
                        Mapping.of(
                                "resourceVersion",
                                Value.of(Long.toString(realm.store().version()))))
                .put("items", Value.of(items))
                .build();
        return Texts.answer(200, list, form);
    }

    private static Deleting.Options options(Call call) {
        var body = call.body().length == 0
                ? Mapping.EMPTY
                : Bodies.parse(call, "DeleteOptions").object();
        return Deleting.Options.of(body, call.query());
    }
}
