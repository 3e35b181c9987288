package dev.holdfast.testkit;

import static dev.holdfast.testkit.ClusterObjects.CONFIG_MAPS;
import static dev.holdfast.testkit.ClusterObjects.configMap;
import static dev.holdfast.testkit.ClusterObjects.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Discovery.Scope;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Apply;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Conflicts;
import dev.holdfast.port.Cluster.Delete;
import dev.holdfast.port.Cluster.Effect;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Patch;
import dev.holdfast.port.Cluster.Propagation;
import dev.holdfast.port.Cluster.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What every {@link Cluster} keeps to that has a Kubernetes API behind it: one request at a time. What follows
/// changes is in {@link FollowContract}.
public abstract class ClusterContract {

    /// The cluster, as a user who may do everything.
    protected abstract Cluster cluster();

    /// Runs a test's body as a task.
    protected abstract void run(Runnable body);

    /// A namespace of this name, just made.
    protected abstract void makeNamespace(String name);

    private Answer.Done done(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Done.class);
        return (Answer.Done) answer;
    }

    private Cluster.ApiStatus refused(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).status();
    }

    private Mapping create(Address address, Mapping body) {
        return done(cluster().create(address, body, "creator", Caller.SELF)).body();
    }

    private Answer apply(Address address, Mapping body, Conflicts conflicts) {
        return cluster().apply(new Apply(address, body, "applier", conflicts, Effect.WRITE), Caller.SELF);
    }

    private Answer read(Address address) {
        return cluster().read(address, Caller.SELF);
    }

    @Test
    void discoveryTellsWhatIsServed() {
        run(() -> {
            var discovery = cluster().discover();
            assertThat(discovery.failedGroups()).isEmpty();
            var deployments = discovery.find(Gvk.of("apps/v1", "Deployment")).orElseThrow();
            assertThat(deployments.plural()).isEqualTo("deployments");
            assertThat(deployments.namespaced()).isTrue();
            assertThat(deployments.verbs()).contains("get", "list", "watch", "patch", "delete");
            assertThat(deployments.subresources()).contains("scale", "status");
            assertThat(discovery.find(Gvk.of("v1", "Namespace")).orElseThrow().namespaced())
                    .isFalse();
            assertThat(cluster().discover()).isEqualTo(discovery);
        });
    }

    @Test
    void openApiDescribesWhatIsServed() {
        run(() -> {
            var found = cluster().openApi("apps/v1");
            Assumptions.assumeTrue(found.isPresent(), "skipped: this server has no OpenAPI documents");
            var document = found.get();
            var deployment = ClusterObjects.texts("group", "apps", "version", "v1", "kind", "Deployment");
            // the schemas' names are the server's own affair
            assertThat(document.mapping("components", "schemas"))
                    .anySatisfy(schema -> assertThat(schema.value())
                            .isInstanceOfSatisfying(
                                    Mapping.class,
                                    type -> assertThat(type.sequence("x-kubernetes-group-version-kind"))
                                            .contains(deployment)));
            assertThat(cluster().openApi("apps/v1")).contains(document);
            assertThat(cluster().openApi("nothing.example.org/v1")).isEmpty();
        });
    }

    @Test
    void whatIsCreatedCanBeRead() {
        run(() -> {
            makeNamespace("created");
            var place = Address.of(CONFIG_MAPS, "created", "a");
            var answer = done(cluster().create(place, configMap("a", "k", "v"), "creator", Caller.SELF));
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.body().text("metadata", "uid").orElse("")).isNotEmpty();
            assertThat(done(read(place)).body()).isEqualTo(answer.body());
            var again = refused(cluster().create(place, configMap("a", "k", "v"), "creator", Caller.SELF));
            assertThat(again.code()).isEqualTo(409);
            assertThat(again.reason()).isEqualTo("AlreadyExists");
        });
    }

    @Test
    void aMissingObjectAndAMissingApiAreToldApart() {
        run(() -> {
            makeNamespace("missing");
            assertThat(refused(read(Address.of(CONFIG_MAPS, "missing", "a"))).reason())
                    .isEqualTo("NotFound");
            var unknown = ClusterObjects.resource("nothing.example.org/v1", "Nothing", "nothings", Scope.NAMESPACED);
            var status = refused(read(Address.of(unknown, "missing", "a")));
            assertThat(status.code()).isEqualTo(404);
            assertThat(status.reason()).isEqualTo("NoSuchApi");
        });
    }

    @Test
    void anApplyCreatesAndOneThatChangesNothingKeepsTheVersion() {
        run(() -> {
            makeNamespace("applied");
            var place = Address.of(CONFIG_MAPS, "applied", "a");
            var first = done(apply(place, configMap("a", "k", "v"), Conflicts.REFUSE));
            assertThat(first.status()).isEqualTo(201);
            var second = done(apply(place, configMap("a", "k", "v"), Conflicts.REFUSE));
            assertThat(second.status()).isEqualTo(200);
            assertThat(version(second.body())).isEqualTo(version(first.body()));
            var third = done(apply(place, configMap("a", "k", "w"), Conflicts.REFUSE));
            assertThat(version(third.body())).isNotEqualTo(version(first.body()));
            assertThat(third.body().text("data", "k")).contains("w");
        });
    }

    @Test
    void aConflictNamesTheFieldAndForceTakesIt() {
        run(() -> {
            makeNamespace("conflict");
            var place = Address.of(CONFIG_MAPS, "conflict", "a");
            create(place, configMap("a", "k", "theirs"));
            var conflict = refused(apply(place, configMap("a", "k", "ours"), Conflicts.REFUSE));
            assertThat(conflict.code()).isEqualTo(409);
            assertThat(conflict.causes()).singleElement().satisfies(cause -> {
                assertThat(cause.reason()).isEqualTo("FieldManagerConflict");
                assertThat(cause.field()).isEqualTo(".data.k");
                assertThat(cause.message()).contains("creator");
            });
            assertThat(done(read(place)).body().text("data", "k")).contains("theirs");
            assertThat(done(apply(place, configMap("a", "k", "ours"), Conflicts.FORCE))
                            .body()
                            .text("data", "k"))
                    .contains("ours");
        });
    }

    @Test
    void aDryRunAnswersAndWritesNothing() {
        run(() -> {
            makeNamespace("dry");
            var place = Address.of(CONFIG_MAPS, "dry", "a");
            var apply = new Apply(place, configMap("a", "k", "v"), "applier", Conflicts.REFUSE, Effect.DRY_RUN);
            assertThat(done(cluster().apply(apply, Caller.SELF)).body().text("data", "k"))
                    .contains("v");
            assertThat(refused(read(place)).code()).isEqualTo(404);
        });
    }

    @Test
    void anApplyToAForeignUidIsRefused() {
        run(() -> {
            makeNamespace("foreign");
            var place = Address.of(CONFIG_MAPS, "foreign", "a");
            create(place, configMap("a", "k", "v"));
            var foreign = configMap("a", "k", "w")
                    .with(List.of("metadata", "uid"), Value.of("00000000-0000-0000-0000-000000000000"));
            var status = refused(apply(place, foreign, Conflicts.FORCE));
            assertThat(status.code()).isIn(409, 422);
            assertThat(done(read(place)).body().text("data", "k")).contains("v");
        });
    }

    @Test
    void patchesChangeWhatTheyName() {
        run(() -> {
            makeNamespace("patched");
            var place = Address.of(CONFIG_MAPS, "patched", "a");
            create(place, configMap("a", "k", "v"));
            var merge = new Patch.Merge(Mapping.of("data", Mapping.of("l", Value.of("w"))));
            var merged =
                    done(cluster().patch(place, merge, "patcher", Caller.SELF)).body();
            assertThat(merged.mapping("data")).isEqualTo(ClusterObjects.texts("k", "v", "l", "w"));
            var remove = ClusterObjects.texts("op", "remove", "path", "/data/k");
            var removed = done(cluster().patch(place, new Patch.Json(List.of(remove)), "patcher", Caller.SELF));
            assertThat(removed.body().mapping("data")).isEqualTo(ClusterObjects.texts("l", "w"));
            var test = ClusterObjects.texts("op", "test", "path", "/data/l", "value", "other");
            var failed = cluster().patch(place, new Patch.Json(List.of(test, remove)), "patcher", Caller.SELF);
            assertThat(refused(failed).code()).isEqualTo(422);
        });
    }

    @Test
    void aReplacementOfAnOldVersionIsRefused() {
        run(() -> {
            makeNamespace("replaced");
            var place = Address.of(CONFIG_MAPS, "replaced", "a");
            var old = create(place, configMap("a", "k", "v"));
            var changed = old.with(List.of("data", "k"), Value.of("w"));
            assertThat(done(cluster().replace(place, changed, "writer", Caller.SELF))
                            .body()
                            .text("data", "k"))
                    .contains("w");
            var stale = refused(cluster().replace(place, changed, "writer", Caller.SELF));
            assertThat(stale.code()).isEqualTo(409);
            assertThat(stale.reason()).isEqualTo("Conflict");
        });
    }

    @Test
    void aDeleteMeetsOnlyTheObjectThatIsMeant() {
        run(() -> {
            makeNamespace("deleted");
            var place = Address.of(CONFIG_MAPS, "deleted", "a");
            var object = create(place, configMap("a", "k", "v"));
            var uid = object.text("metadata", "uid").orElseThrow();
            var foreign = "00000000-0000-0000-0000-000000000000";
            assertThat(refused(delete(place, foreign, Optional.empty())).code()).isEqualTo(409);
            var later = done(apply(place, configMap("a", "l", "x"), Conflicts.REFUSE));
            assertThat(refused(delete(place, uid, Optional.of(version(object)))).code())
                    .isEqualTo(409);
            assertThat(delete(place, uid, Optional.of(version(later.body())))).isInstanceOf(Answer.Done.class);
            assertThat(refused(read(place)).code()).isEqualTo(404);
        });
    }

    private Answer delete(Address place, String uid, Optional<String> version) {
        return cluster().delete(new Delete(place, uid, version, Propagation.BACKGROUND), Caller.SELF);
    }

    @Test
    void aListOfManyPagesIsWhole() {
        run(() -> {
            makeNamespace("many");
            var body = ClusterObjects.texts("k", "v");
            for (int i = 0; i < 510; i++) {
                create(Address.of(CONFIG_MAPS, "many", ""), configMap("m" + i, "k", "v"));
            }
            var names = new ArrayList<String>();
            var selection = new Selection(CONFIG_MAPS, "many", "of=contract", "", Form.WHOLE);
            var version = cluster().list(selection, Caller.SELF, object -> {
                assertThat(object.text("kind")).contains("ConfigMap");
                assertThat(object.mapping("data")).isEqualTo(body);
                names.add(object.text("metadata", "name").orElse(""));
            });
            assertThat(version).isNotEmpty();
            assertThat(names).hasSize(510).doesNotHaveDuplicates();
        });
    }

    @Test
    void metadataOfOneNameAndOfALabelCanBeListed() {
        run(() -> {
            makeNamespace("meta");
            create(Address.of(CONFIG_MAPS, "meta", ""), configMap("a", "k", "v"));
            create(Address.of(CONFIG_MAPS, "meta", ""), configMap("b", "k", "v"));
            var one = listed(new Selection(CONFIG_MAPS, "meta", "", "b", Form.METADATA), Caller.SELF);
            assertThat(one).singleElement().satisfies(object -> {
                assertThat(object.keys()).containsExactly("apiVersion", "kind", "metadata");
                assertThat(object.text("apiVersion")).contains("v1");
                assertThat(object.text("kind")).contains("ConfigMap");
                assertThat(object.text("metadata", "name")).contains("b");
            });
            assertThat(listed(new Selection(CONFIG_MAPS, "meta", "of=contract", "", Form.WHOLE), Caller.SELF))
                    .hasSize(2);
            assertThat(listed(new Selection(CONFIG_MAPS, "meta", "of=other", "", Form.WHOLE), Caller.SELF))
                    .isEmpty();
        });
    }

    private List<Mapping> listed(Selection selection, Caller caller) {
        var objects = new ArrayList<Mapping>();
        cluster().list(selection, caller, objects::add);
        return objects;
    }

    @Test
    void aServiceAccountMayDoOnlyWhatItWasGranted() {
        run(() -> {
            makeNamespace("tenant");
            var account = new Caller.ServiceAccount("tenant", "deployer");
            var place = Address.of(CONFIG_MAPS, "tenant", "a");
            var denied = refused(cluster().create(place, configMap("a", "k", "v"), "m", account));
            assertThat(denied.code()).isEqualTo(403);
            assertThat(denied.reason()).isEqualTo("Forbidden");
            var unlisted = catchThrowableOfType(
                    FaultException.class,
                    () -> listed(new Selection(CONFIG_MAPS, "tenant", "", "", Form.WHOLE), account));
            assertThat(unlisted.fault()).isInstanceOf(Fault.Terminal.class);
            assertThat(unlisted.fault().code()).isEqualTo("Forbidden");

            create(Address.of(ClusterObjects.ROLES, "tenant", ""), ClusterObjects.role("writer"));
            create(Address.of(ClusterObjects.ROLE_BINDINGS, "tenant", ""), ClusterObjects.binding("writer", account));
            done(cluster().create(place, configMap("a", "k", "v"), "m", account));
            assertThat(listed(new Selection(CONFIG_MAPS, "tenant", "", "a", Form.WHOLE), account))
                    .hasSize(1);
        });
    }
}
