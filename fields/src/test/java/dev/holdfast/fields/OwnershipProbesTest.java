package dev.holdfast.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The table `ownership-probes.md` of the recordings, as far as it is about fields: one test a row.
class OwnershipProbesTest {

    private static final ServerSideApply CONFIG_MAPS = rules("v1", "ConfigMap");
    private static final ServerSideApply DEPLOYMENTS = rules("apps/v1", "Deployment");
    private static final ServerSideApply SERVICES = rules("v1", "Service");
    private static final ServerSideApply SECRETS = rules("v1", "Secret");

    private static final String A1_B2 =
            "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m'},'data':{'a':'1','b':'2'}}";
    private static final String B2 = "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m'},'data':{'b':'2'}}";

    private static ServerSideApply rules(String apiVersion, String kind) {
        return ServerSideApply.of(
                BuiltinSchemas.load().find(Gvk.of(apiVersion, kind)).orElseThrow());
    }

    private record State(Mapping object, ManagedFields managed) {}

    private static Mapping json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Instant at(int second) {
        return Instant.parse("2026-11-21T13:00:00Z").plusSeconds(second);
    }

    private static Applied apply(ServerSideApply rules, State state, String config, String manager, Conflicts mode) {
        return rules.apply(state.object, state.managed, json(config), new Writer(manager, "v1", at(9)), mode);
    }

    private static State merged(Applied applied) {
        assertThat(applied).isInstanceOf(Applied.Merged.class);
        var merged = (Applied.Merged) applied;
        return new State(merged.object(), merged.managed());
    }

    private static State created(ServerSideApply rules, String config) {
        return merged(apply(rules, new State(Mapping.EMPTY, ManagedFields.NONE), config, "hf", Conflicts.REFUSE));
    }

    /// As kubectl edit does it: an update.
    private static State edited(ServerSideApply rules, State state, Mapping after) {
        var managed = rules.update(state.object, after, state.managed, new Writer("kubectl-edit", "v1", at(5)));
        return new State(after, managed);
    }

    private static State withA(State state, String value) {
        return edited(CONFIG_MAPS, state, state.object.with(List.of("data", "a"), Value.of(value)));
    }

    private static List<String> owners(State state, String path) {
        return state.managed.ownersOf(FieldPath.parse(path)).stream()
                .map(entry -> entry.manager() + " " + entry.operation().word())
                .toList();
    }

    @Test
    void theSameBodyAgainChangesNothing() {
        var state = created(CONFIG_MAPS, A1_B2);
        var again = apply(CONFIG_MAPS, state, A1_B2, "hf", Conflicts.REFUSE);
        assertThat(again).isEqualTo(new Applied.Merged(state.object, state.managed, Applied.Change.NOTHING));
    }

    @Test
    void anEditedFieldConflictsAndNamesTheEditor() {
        var state = withA(created(CONFIG_MAPS, A1_B2), "9");
        assertThat(apply(CONFIG_MAPS, state, A1_B2, "hf", Conflicts.REFUSE))
                .isInstanceOfSatisfying(
                        Applied.Conflicting.class,
                        conflicting -> assertThat(conflicting.message())
                                .isEqualTo(
                                        "Apply failed with 1 conflict: conflict with \"kubectl-edit\" using v1: .data.a"));
    }

    @Test
    void aFieldEditedAndEditedBackBelongsToTheEditorAlone() {
        var state = withA(withA(created(CONFIG_MAPS, A1_B2), "9"), "1");
        assertThat(owners(state, "data.a")).containsExactly("kubectl-edit Update");
        assertThat(owners(state, "data.b")).containsExactly("hf Apply");
    }

    @Test
    void applyingTheEqualValueMakesACoOwner() {
        var state = withA(withA(created(CONFIG_MAPS, A1_B2), "9"), "1");
        var applied = apply(CONFIG_MAPS, state, A1_B2, "hf", Conflicts.REFUSE);
        assertThat(applied)
                .isInstanceOfSatisfying(
                        Applied.Merged.class,
                        merged -> assertThat(merged.change()).isEqualTo(Applied.Change.OWNERS));
        assertThat(owners(merged(applied), "data.a")).containsExactly("hf Apply", "kubectl-edit Update");
    }

    @Test
    void whatOnlyTheEditorOwnsStaysWhenTheApplierLeavesItOut() {
        var state = withA(withA(created(CONFIG_MAPS, A1_B2), "9"), "1");
        var after = merged(apply(CONFIG_MAPS, state, B2, "hf", Conflicts.REFUSE));
        assertThat(after.object.text("data", "a")).contains("1");
        assertThat(owners(after, "data.a")).containsExactly("kubectl-edit Update");
    }

    @Test
    void theEntryOfAnEditorCanBeRemovedAndThenTheApplierPrunesAgain() {
        var state = withA(withA(created(CONFIG_MAPS, A1_B2), "9"), "1");
        var shared = merged(apply(CONFIG_MAPS, state, A1_B2, "hf", Conflicts.REFUSE));
        var sent = new ManagedFields(
                shared.managed.entries().stream().filter(ManagedEntry::isApply).toList());
        var owners = CONFIG_MAPS.update(
                shared.object,
                shared.object,
                ManagedFields.sentOrLive(sent.into(shared.object), shared.managed),
                new Writer("hf", "v1", at(6)));
        assertThat(owners).isEqualTo(sent);
        var pruned = merged(apply(CONFIG_MAPS, new State(shared.object, owners), B2, "hf", Conflicts.REFUSE));
        assertThat(pruned.object.mapping("data").has("a")).isFalse();
    }

    private static final String REPLICAS_3 = deployment(",'replicas':3");
    private static final String NO_REPLICAS = deployment("");

    private static String deployment(String spec) {
        return "{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'d'},'spec':{'selector':{'matchLabels':"
                + "{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'"
                + "}]}}" + spec + "}}";
    }

    @Test
    void replicasThatAScalerTookStayWhenTheApplierLeavesThemOut() {
        var state = created(DEPLOYMENTS, REPLICAS_3);
        var scaled = state.object.with(List.of("spec", "replicas"), Value.of(7));
        var managed =
                DEPLOYMENTS.update(state.object, scaled, state.managed, new Writer("hpa", "apps/v1", "scale", at(5)));
        var after = merged(apply(DEPLOYMENTS, new State(scaled, managed), NO_REPLICAS, "hf", Conflicts.REFUSE));
        assertThat(after.object.whole("spec", "replicas")).contains(7L);
    }

    @Test
    void replicasOfASoleOwnerGoAndAreLeftToTheDefault() {
        var state = created(DEPLOYMENTS, REPLICAS_3);
        var forced = merged(apply(DEPLOYMENTS, state, deployment(",'replicas':5"), "hf", Conflicts.FORCE));
        var after = merged(apply(DEPLOYMENTS, forced, NO_REPLICAS, "hf", Conflicts.REFUSE));
        assertThat(after.object.mapping("spec").has("replicas")).isFalse();
    }

    @Test
    void whatWasAppliedByStringDataIsNeverRemoved() {
        var secret = "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'s'},'stringData':{'%s':'x'}}";
        var state = created(SECRETS, secret.formatted("a"));
        // the server moves stringData into data
        var stored = state.object.without("stringData").with(List.of("data", "a"), Value.of("eA=="));
        var after =
                merged(apply(SECRETS, new State(stored, state.managed), secret.formatted("b"), "hf", Conflicts.REFUSE));
        assertThat(after.object.mapping("data").has("a")).isTrue();
        assertThat(after.managed.ownedBy("hf").paths())
                .extracting(FieldPath::toString)
                .containsExactly(".stringData.b");
    }

    @Test
    void reorderedItemsArePutBackInOrder() {
        var service = "{'apiVersion':'v1','kind':'Service','metadata':{'name':'s'},'spec':{'ports':["
                + "{'name':'x','port':1},{'name':'y','port':2}]}}";
        var state = created(SERVICES, service);
        var ports = state.object.sequence("spec", "ports");
        var turned = state.object.with(List.of("spec", "ports"), Value.of(List.of(ports.get(1), ports.get(0))));
        var edited = edited(SERVICES, state, turned);
        assertThat(edited.managed).as("an order belongs to nobody").isEqualTo(state.managed);
        var applied = apply(SERVICES, edited, service, "hf", Conflicts.REFUSE);
        assertThat(applied)
                .isInstanceOfSatisfying(
                        Applied.Merged.class,
                        merged -> assertThat(merged.change()).isEqualTo(Applied.Change.OBJECT));
        assertThat(merged(applied).object.sequence("spec", "ports")).isEqualTo(ports);
    }

    @Test
    void aUidInTheConfigurationIsNotOwned() {
        var state = created(CONFIG_MAPS, A1_B2);
        var withUid = A1_B2.replace("'name':'m'", "'name':'m','uid':'u'");
        assertThat(merged(apply(CONFIG_MAPS, state, withUid, "hf", Conflicts.REFUSE))
                        .managed
                        .ownedBy("hf"))
                .isEqualTo(state.managed.ownedBy("hf"));
    }
}
