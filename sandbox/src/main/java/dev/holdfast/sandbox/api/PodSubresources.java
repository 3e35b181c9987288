package dev.holdfast.sandbox.api;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Answer;
import dev.holdfast.sandbox.answer.Refusal;
import dev.holdfast.sandbox.answer.Refusal.Cause;
import dev.holdfast.sandbox.answer.Refusal.Subject;
import dev.holdfast.sandbox.kind.Selectors;
import dev.holdfast.sandbox.object.Meta;
import dev.holdfast.sandbox.realm.Realm;
import dev.holdfast.sandbox.request.Call;
import dev.holdfast.sandbox.request.Form;
import dev.holdfast.sandbox.store.Item;
import dev.holdfast.sandbox.write.Bodies;
import dev.holdfast.sandbox.write.Deleting;
import dev.holdfast.sandbox.write.Target;
import dev.holdfast.sandbox.write.WriteOptions;
import dev.holdfast.sandbox.write.WriteOptions.Kind;
import dev.holdfast.sandbox.write.Writers;
import java.util.ArrayList;
import java.util.List;

/// What is done to a pod through places of its own: it is bound to a node, and it is evicted.
final class PodSubresources {

    private static final Mapping SUCCESS = Mapping.builder()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put("metadata", Mapping.EMPTY)
            .put("status", "Success")
            .put("code", 201)
            .build();
    private static final String BUDGETS = "poddisruptionbudgets.policy";

    private final Realm realm;
    private final Writers writers;

    PodSubresources(Realm realm, Writers writers) {
        this.realm = realm;
        this.writers = writers;
    }

    /// Says which node a pod runs on: once.
    Answer bind(Call call, Target pod, Form form) {
        var options = WriteOptions.of(call, Kind.CREATE);
        var binding = Bodies.parse(call, "Binding").object();
        var aim = named(pod, binding, "Binding");
        var node = binding.text("target", "name").orElse("");
        var causes = new ArrayList<Cause>();
        var kind = binding.text("target", "kind").orElse("");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            causes.add(new Cause(
                    "FieldValueNotSupported",
                    "Unsupported value: \"" + kind + "\": supported values: \"Node\", \"<empty>\"",
                    "target.kind"));
        }
        if (node.isEmpty()) causes.add(new Cause("FieldValueRequired", "Required value", "target.name"));
        if (!causes.isEmpty()) throw Refusal.invalid(new Subject(aim.name(), "", "Binding"), causes);
        writers.changing().patch(aim, object -> bound(object, binding, node), options);
        return Texts.answer(201, SUCCESS, form);
    }

    private static Mapping bound(Mapping pod, Mapping binding, String node) {
        var name = Meta.name(pod);
        var subject = new Subject(name, "", "pods/binding");
        if (Meta.terminating(pod)) {
            throw Refusal.conflict(subject, "pod " + name + " is being deleted, cannot be assigned to a host");
        }
        var held = pod.text("spec", "nodeName").orElse("");
        if (!held.isEmpty()) {
            throw Refusal.conflict(subject, "pod " + name + " is already assigned to node \"" + held + "\"");
        }
        if (!pod.sequence("spec", "schedulingGates").isEmpty()) {
            throw Refusal.conflict(subject, "pod " + name + " has non-empty .spec.schedulingGates");
        }
        var assigned = pod.with(List.of("spec", "nodeName"), Value.of(node));
        for (var note : binding.mapping("metadata", "annotations")) {
            assigned = assigned.with(List.of("metadata", "annotations", note.key()), note.value());
        }
        return assigned;
    }

    private static Target named(Target pod, Mapping sent, String kind) {
        var name = Meta.name(sent);
        if (pod.name().isEmpty()) return new Target(pod.type(), pod.namespace(), name, "binding");
        if (!name.isEmpty() && !name.equals(pod.name())) {
            throw Refusal.badRequest("name in URL does not match name in " + kind + " object");
        }
        return pod;
    }

    /// Deletes a pod, unless a budget needs it.
    Answer evict(Call call, Target pod, Form form) {
        var eviction = call.body().length == 0
                ? Mapping.EMPTY
                : Bodies.parse(call, "Eviction").object();
        var aim = named(pod, eviction, "Eviction");
        var item = realm.find(aim.type(), aim.namespace(), aim.name());
        if (item == null) throw Refusal.notFound(aim.subject());
        if (counts(item)) budgets(item);
        var plain = new Target(aim.type(), aim.namespace(), aim.name(), "");
        writers.deleting().delete(plain, Deleting.Options.of(eviction.mapping("deleteOptions"), call.query()));
        return Texts.answer(201, SUCCESS, form);
    }

    private static boolean counts(Item pod) {
        var phase = pod.tree().text("status", "phase").orElse("");
        return !Meta.terminating(pod.tree())
                && !List.of("Succeeded", "Failed", "Pending").contains(phase);
    }

    private void budgets(Item pod) {
        var concerned = new ArrayList<Mapping>();
        var labels = pod.tree().mapping("metadata", "labels");
        for (var budget : realm.store().shelf(BUDGETS).items().after(pod.namespace() + "/")) {
            if (!budget.namespace().equals(pod.namespace())) break;
            if (Selectors.selects(budget.tree().mapping("spec", "selector"), labels)) concerned.add(budget.tree());
        }
        if (concerned.isEmpty()) return;
        if (concerned.size() > 1) {
            throw Refusal.internal("This pod has more than one PodDisruptionBudget, which the eviction subresource does"
                    + " not support.");
        }
        var budget = concerned.getFirst();
        var name = Meta.name(budget);
        var status = budget.mapping("status");
        if (status.whole("observedGeneration").orElse(0L) < Meta.generation(budget)) {
            throw Refusal.tooMany("The disruption budget " + name + " is still being processed by the server.", 10);
        }
        if (status.whole("disruptionsAllowed").orElse(0L) > 0) return;
        throw Refusal.tooMany(
                "The disruption budget " + name + " needs "
                        + status.whole("desiredHealthy").orElse(0L) + " healthy pods and has "
                        + status.whole("currentHealthy").orElse(0L) + " currently",
                0);
    }
}
