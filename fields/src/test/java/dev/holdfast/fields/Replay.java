package dev.holdfast.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Plays recorded exchanges through the pure functions and compares owners, conflicts and fields.
///
/// Defaulting and canonical spelling are the server's, not this module's: after each exchange the stored object is
/// the recorded one, and ours must agree with it in every field that anyone owns. Owners are never taken from the
/// recording, with one exception: what the control plane itself wrote between two requests (manager `kube`).
final class Replay {

    private static final String CONTROL_PLANE = "kube";

    /// Kinds whose objects the server stores as they are, so that all fields are compared.
    private static final Set<String> STORED_AS_SENT = Set.of("ConfigMap", "Role", "Boat");

    private static final Set<String> WITH_STATUS =
            Set.of("Deployment", "Service", "Boat", "CustomResourceDefinition", "Namespace");

    private record Stored(Mapping object, ManagedFields managed) {}

    private final Map<String, Stored> store = new HashMap<>();
    private Schemas schemas = BuiltinSchemas.load();
    private Instant latest = Instant.EPOCH;

    /// Whether the answer follows from fields and owners alone.
    static boolean concernsFields(Exchange exchange) {
        if (exchange.method().equals("GET") || exchange.method().equals("DELETE")) return false;
        if (exchange.status() == 500) return exchange.body() instanceof Mapping;
        if (exchange.status() == 409) return exchange.answer().at("details", "causes") != null;
        boolean object = exchange.answer().at("metadata", "uid") != null
                && !exchange.answer().text("kind").orElse("").equals("Scale");
        return exchange.status() < 300 && object;
    }

    void play(Exchange exchange) {
        if (exchange.isApply()) apply(exchange);
        else update(exchange);
        if (exchange.answer().text("kind").orElse("").equals("CustomResourceDefinition")) {
            schemas = CrdSchemas.parse(exchange.answer()).orElse(schemas);
        }
    }

    private void apply(Exchange exchange) {
        var config = (Mapping) exchange.body();
        var key = key(exchange);
        var before = withControlPlane(stored(key), exchange);
        var writer = writer(exchange, config, ManagedEntry.Operation.APPLY);
        var mode = exchange.query().containsKey("force") ? Conflicts.FORCE : Conflicts.REFUSE;
        var result = rules(exchange, config).apply(before.object, before.managed, config, writer, mode);
        switch (result) {
            case Applied.Untyped untyped -> {
                assertThat(exchange.status()).isEqualTo(500);
                assertThat(untyped.message())
                        .isEqualTo(exchange.answer().text("message").orElse(""));
            }
            case Applied.Conflicting conflicting -> assertConflict(exchange, conflicting);
            case Applied.Merged merged -> {
                assertThat(exchange.status()).as("%s", exchange.answer()).isLessThan(300);
                var answer = ManagedFields.without(exchange.answer());
                assertFields(exchange, config, merged, answer);
                var managed = answer.equals(before.object)
                        ? merged.managed().keepingTimesOf(before.managed)
                        : merged.managed();
                assertOwners(exchange, managed);
                if (!exchange.query().containsKey("dryRun")) store.put(key, new Stored(answer, managed));
            }
        }
    }

    private static void assertConflict(Exchange exchange, Applied.Conflicting conflicting) {
        assertThat(exchange.status()).as("conflict: %s", conflicting.message()).isEqualTo(409);
        assertThat(conflicting.message())
                .isEqualTo(exchange.answer().text("message").orElse(""));
        var causes = exchange.answer().sequence("details", "causes").mappings();
        assertThat(conflicting.conflicts())
                .extracting(conflict -> conflict.cause() + " " + conflict.path())
                .containsExactlyElementsOf(causes.stream()
                        .map(cause -> cause.text("message").orElse("") + " "
                                + cause.text("field").orElse(""))
                        .toList());
    }

    /// Everything but apply: the object that the server stored is the one after the write.
    private void update(Exchange exchange) {
        var answer = ManagedFields.without(exchange.answer());
        var key = key(exchange);
        boolean create = exchange.method().equals("POST");
        var before = create ? new Stored(Mapping.EMPTY, ManagedFields.NONE) : withControlPlane(stored(key), exchange);
        var sent = exchange.body() instanceof Mapping body ? body : patched(exchange.body());
        var managed = ManagedFields.sentOrLive(sent, before.managed);
        var writer = writer(exchange, answer, ManagedEntry.Operation.UPDATE);
        // ownership is worked out before the store adds what it adds: a namespace's finalizer
        boolean namespace = answer.text("kind").orElse("").equals("Namespace");
        var written = namespace ? answer.without(List.of("spec", "finalizers")) : answer;
        var owners = rules(exchange, answer).update(before.object, written, managed, writer);
        assertOwners(exchange, owners);
        store.put(key, new Stored(answer, owners));
    }

    /// The one JSON patch among the exchanges that concern owners: it clears them.
    private static Mapping patched(Value patch) {
        boolean clears = patch.toString().contains("/metadata/managedFields");
        return clears
                ? Mapping.EMPTY.with(List.of("metadata", "managedFields"), Value.of(List.of(Mapping.EMPTY)))
                : Mapping.EMPTY;
    }

    private Stored stored(String key) {
        return store.getOrDefault(key, new Stored(Mapping.EMPTY, ManagedFields.NONE));
    }

    /// What the control plane wrote since the last exchange, as the next answer shows it.
    private Stored withControlPlane(Stored before, Exchange exchange) {
        var answered = ManagedFields.of(exchange.answer());
        var theirs = answered.entries().stream()
                .filter(entry -> entry.manager().equals(CONTROL_PLANE))
                .toList();
        if (theirs.isEmpty()) return before;
        var type = schemas.orUnknown(gvk(exchange.answer())).root();
        var entries = new ArrayList<>(before.managed.entries());
        boolean alsoRequested = exchange.path().endsWith("/status");
        if (!alsoRequested) {
            entries.removeIf(entry -> entry.manager().equals(CONTROL_PLANE));
            entries.addAll(theirs);
        }
        // the one request to a status of its own replaces the conditions
        var conditions = alsoRequested ? FieldSet.of(FieldPath.parse("status.conditions")) : FieldSet.EMPTY;
        var fields = answered.ownedBy(CONTROL_PLANE).recursiveDifference(conditions);
        var written = Projection.of(exchange.answer(), fields);
        var object = Merging.merge(type, before.object, written);
        return new Stored(object instanceof Mapping mapping ? mapping : before.object, new ManagedFields(entries));
    }

    private void assertOwners(Exchange exchange, ManagedFields owners) {
        var recorded = ManagedFields.of(exchange.answer());
        assertThat(owners.print().items())
                .containsExactlyElementsOf(recorded.print().items());
        var order = exchange.answer().sequence("metadata", "managedFields");
        if (recorded.print().equals(order)) assertThat(owners.print()).isEqualTo(order);
    }

    private void assertFields(Exchange exchange, Mapping config, Applied.Merged merged, Mapping answer) {
        var kind = config.text("kind").orElse("");
        if (STORED_AS_SENT.contains(kind)) {
            assertThat(content(merged.object(), answer)).isEqualTo(content(answer, answer));
            return;
        }
        var type = schemas.orUnknown(gvk(config)).root();
        var ours = OwnedFields.of(type, merged.object().without("stringData"));
        var theirs = OwnedFields.of(type, answer);
        assertThat(ours.difference(theirs.ensureNamed(type)).paths())
                .as("fields that the server does not have")
                .isEmpty();
        for (var entry : ManagedFields.of(exchange.answer()).entries()) {
            var owned = entry.fields().intersection(theirs);
            if (owned.isEmpty()) continue;
            assertThat(owned.difference(ours).paths())
                    .as("owned fields that are gone")
                    .isEmpty();
            // quantities are spelt canonically by the server
            var compared = owned.recursiveDifference(FieldSet.of(FieldPath.parse("stringData")))
                    .recursiveDifference(
                            FieldSet.of(FieldPath.parse("spec.template.spec.containers[name=c].resources")));
            compared = compared.recursiveDifference(
                    FieldSet.of(FieldPath.parse("spec.template.spec.containers[name=main].resources")));
            assertThat(Projection.of(merged.object(), compared)).isEqualTo(Projection.of(answer, compared));
        }
    }

    /// What is not metadata of the server, without what only storage does: no status through the main resource, the
    /// CRD's own defaults, and null as the empty text that a typed field decodes it to.
    private Mapping content(Mapping object, Mapping answer) {
        var content = new TreeMap<String, Value>();
        for (var field : object.without("metadata").without("status").fields()) content.put(field.key(), field.value());
        if (object.mapping("data").get("b") instanceof Value.Null) {
            content.put("data", object.mapping("data").with("b", Value.of("")));
        }
        if (object.mapping("data").get("k-b") instanceof Value.Null) {
            content.put("data", object.mapping("data").with("k-b", Value.of("")));
        }
        if (object.text("kind").orElse("").equals("Boat"))
            content.put("spec", defaulted(object.mapping("spec"), answer));
        return Mapping.of(content);
    }

    private static Mapping defaulted(Mapping spec, Mapping answer) {
        var full = spec.has("flag") ? spec : spec.with("flag", Value.of("none"));
        var crew = spec.sequence("crew")
                .map(member -> member instanceof Mapping sailor && !sailor.has("rank")
                        ? sailor.with("rank", Value.of("mate"))
                        : member);
        return answer.mapping("spec").has("crew") || !crew.isEmpty() ? full.with("crew", crew) : full;
    }

    private ServerSideApply rules(Exchange exchange, Mapping object) {
        var rules = ServerSideApply.of(schemas.orUnknown(gvk(object)));
        if (exchange.path().endsWith("/status")) return rules.withResetFields(FieldSet.of(FieldPath.ofFields("spec")));
        boolean status = WITH_STATUS.contains(object.text("kind").orElse(""));
        return status ? rules.withResetFields(FieldSet.of(FieldPath.ofFields("status"))) : rules;
    }

    private static Gvk gvk(Mapping object) {
        return Gvk.of(object.text("apiVersion").orElse(""), object.text("kind").orElse(""));
    }

    /// The time is that of the writer's entry in the answer, so that a time that should not have changed shows.
    private Writer writer(Exchange exchange, Mapping object, ManagedEntry.Operation operation) {
        var subresource = exchange.path().endsWith("/status") ? "status" : "";
        for (var entry : ManagedFields.of(exchange.answer()).entries()) {
            var time = entry.time();
            if (time != null && time.isAfter(latest)) latest = time;
        }
        var now = latest;
        for (var entry : ManagedFields.of(exchange.answer()).entries()) {
            var time = entry.time();
            if (time != null && entry.manager().equals(exchange.manager()) && entry.operation() == operation)
                now = time;
        }
        return new Writer(exchange.manager(), object.text("apiVersion").orElse(""), subresource, now);
    }

    private static String key(Exchange exchange) {
        var path = exchange.path().endsWith("/status")
                ? exchange.path().substring(0, exchange.path().length() - "/status".length())
                : exchange.path();
        return exchange.method().equals("POST")
                ? path + "/" + exchange.answer().text("metadata", "name").orElse("")
                : path;
    }
}
