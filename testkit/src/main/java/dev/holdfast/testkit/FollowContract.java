package dev.holdfast.testkit;

import static dev.holdfast.testkit.ClusterObjects.CONFIG_MAPS;
import static dev.holdfast.testkit.ClusterObjects.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.model.Discovery.Scope;
import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.port.Cluster;
import dev.holdfast.port.Cluster.Address;
import dev.holdfast.port.Cluster.Answer;
import dev.holdfast.port.Cluster.Caller;
import dev.holdfast.port.Cluster.Delete;
import dev.holdfast.port.Cluster.Follower;
import dev.holdfast.port.Cluster.Form;
import dev.holdfast.port.Cluster.Patch;
import dev.holdfast.port.Cluster.Propagation;
import dev.holdfast.port.Cluster.Selection;
import dev.holdfast.port.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What {@link Cluster#follow} keeps to.
public abstract class FollowContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// The cluster, as a user who may do everything.
    protected abstract Cluster cluster();

    protected abstract Tasks tasks();

    /// Runs a test's body as a task.
    protected abstract void run(Runnable body);

    /// A namespace of this name, just made.
    protected abstract void makeNamespace(String name);

    /// Makes the server forget past versions, and ends its watches. Where a test cannot do this to the server, the
    /// cases that need it are skipped.
    protected void forgetHistory() {
        Assumptions.abort("skipped: this server's history cannot be cut by a test");
    }

    /// Ends the server's watches.
    protected void dropWatches() {
        Assumptions.abort("skipped: this server's watches cannot be ended by a test");
    }

    /// Writes down what it hears, in words, and lets a test wait for them.
    private final class Heard implements Follower {
        private final Tasks.Monitor monitor = tasks().monitor();
        private final List<String> words = new ArrayList<>();
        private final List<Mapping> objects = new ArrayList<>();
        private volatile Predicate<String> known = _ -> false;

        private void hear(String word) {
            monitor.run(() -> words.add(word));
        }

        private static String name(Mapping object) {
            return object.text("metadata", "name").orElse("?") + "="
                    + object.text("data", "k").orElse("");
        }

        @Override
        public boolean knows(String uid, String resourceVersion) {
            return known.test(resourceVersion);
        }

        @Override
        public void listing() {
            hear("listing");
        }

        @Override
        public void present(Mapping object) {
            monitor.run(() -> {
                objects.add(object);
                words.add("+" + name(object));
            });
        }

        @Override
        public void gone(Mapping object) {
            hear("-" + name(object));
        }

        @Override
        public void listed(String resourceVersion) {
            hear("listed");
        }

        @Override
        public void interrupted(Fault fault) {
            hear("interrupted");
        }

        List<String> await(Predicate<List<String>> enough) {
            boolean came = monitor.await(() -> enough.test(words), tasks().now().plus(PATIENCE));
            var heard = monitor.hold(() -> List.copyOf(words));
            assertThat(came).as("heard %s", heard).isTrue();
            return heard;
        }

        List<String> awaitLast(String word) {
            return await(all -> !all.isEmpty() && all.getLast().equals(word));
        }
    }

    private void following(Selection selection, Heard heard, Runnable meanwhile) {
        var task = tasks().spawn("follow", () -> cluster().follow(selection, heard));
        try {
            heard.await(words -> words.contains("listed"));
            meanwhile.run();
        } finally {
            task.cancel();
        }
        task.await();
    }

    private static Selection in(String namespace) {
        return new Selection(CONFIG_MAPS, namespace, "of=contract", "", Form.WHOLE);
    }

    private Mapping create(String namespace, String name, String value) {
        var answer = cluster()
                .create(Address.of(CONFIG_MAPS, namespace, name), configMap(name, "k", value), "creator", Caller.SELF);
        assertThat(answer).isInstanceOf(Answer.Done.class);
        return ((Answer.Done) answer).body();
    }

    private Mapping change(String namespace, String name, String value) {
        var patch = new Patch.Merge(Mapping.of("data", Mapping.of("k", Value.of(value))));
        var answer = cluster().patch(Address.of(CONFIG_MAPS, namespace, name), patch, "changer", Caller.SELF);
        assertThat(answer).isInstanceOf(Answer.Done.class);
        return ((Answer.Done) answer).body();
    }

    private void delete(String namespace, Mapping object) {
        var name = object.text("metadata", "name").orElseThrow();
        var uid = object.text("metadata", "uid").orElseThrow();
        var delete =
                new Delete(Address.of(CONFIG_MAPS, namespace, name), uid, Optional.empty(), Propagation.BACKGROUND);
        assertThat(cluster().delete(delete, Caller.SELF)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void whatThereIsComesFirstAndThenEveryChange() {
        run(() -> {
            makeNamespace("follow");
            var first = create("follow", "a", "1");
            var heard = new Heard();
            following(in("follow"), heard, () -> {
                create("follow", "b", "1");
                change("follow", "b", "2");
                delete("follow", first);
                assertThat(heard.awaitLast("-a=1"))
                        .containsExactly("listing", "+a=1", "listed", "+b=1", "+b=2", "-a=1");
            });
        });
    }

    @Test
    void anObjectThatLosesTheLabelIsGone() {
        run(() -> {
            makeNamespace("label");
            create("label", "a", "1");
            var heard = new Heard();
            following(in("label"), heard, () -> {
                var patch = new Patch.Merge(Mapping.of("metadata", Mapping.of("labels", new Value.Null(Origin.NONE))));
                cluster().patch(Address.of(CONFIG_MAPS, "label", "a"), patch, "changer", Caller.SELF);
                heard.awaitLast("-a=1");
            });
        });
    }

    @Test
    void oneNameIsFollowedAsMetadata() {
        run(() -> {
            makeNamespace("one");
            create("one", "a", "1");
            create("one", "b", "1");
            var heard = new Heard();
            following(new Selection(CONFIG_MAPS, "one", "", "a", Form.METADATA), heard, () -> {
                change("one", "b", "2");
                change("one", "a", "2");
                assertThat(heard.await(words -> words.size() == 4)).containsExactly("listing", "+a=", "listed", "+a=");
                assertThat(heard.objects)
                        .allSatisfy(
                                object -> assertThat(object.keys()).containsExactly("apiVersion", "kind", "metadata"));
            });
        });
    }

    @Test
    void aVersionThatIsKnownIsNotHeardAgain() {
        run(() -> {
            makeNamespace("known");
            create("known", "a", "1");
            var heard = new Heard();
            following(in("known"), heard, () -> {
                // everything is known until the last change, which comes after the ones before
                heard.known = _ -> true;
                change("known", "a", "2");
                var marker = create("known", "b", "1");
                delete("known", marker);
                heard.awaitLast("-b=1");
                heard.known = _ -> false;
                change("known", "a", "3");
                assertThat(heard.awaitLast("+a=3")).containsExactly("listing", "+a=1", "listed", "-b=1", "+a=3");
            });
        });
    }

    @Test
    void aWatchThatTheServerEndsGoesOnWithoutALoss() {
        run(() -> {
            makeNamespace("dropped");
            create("dropped", "a", "1");
            var heard = new Heard();
            following(in("dropped"), heard, () -> {
                for (int i = 2; i < 6; i++) {
                    dropWatches();
                    change("dropped", "a", Integer.toString(i));
                }
                assertThat(heard.awaitLast("+a=5"))
                        .filteredOn(word -> !word.equals("interrupted"))
                        .containsExactly("listing", "+a=1", "listed", "+a=2", "+a=3", "+a=4", "+a=5");
            });
        });
    }

    @Test
    void aServerThatForgotIsListedAgain() {
        run(() -> {
            makeNamespace("forgot");
            var first = create("forgot", "a", "1");
            var heard = new Heard();
            following(in("forgot"), heard, () -> {
                change("forgot", "a", "2");
                heard.awaitLast("+a=2");
                // the watch ends, and the version at which it would go on may be forgotten before it does
                dropWatches();
                delete("forgot", first);
                create("forgot", "b", "1");
                forgetHistory();
                heard.await(words -> words.contains("+b=1"));
                change("forgot", "b", "2");
                var words = heard.awaitLast("+b=2");
                var sinceListing = words.subList(words.lastIndexOf("listing"), words.size());
                assertThat(words.contains("-a=2") || !sinceListing.contains("+a=2"))
                        .as("the deletion is told, or the object is missing from a later list: %s", words)
                        .isTrue();
            });
        });
    }

    @Test
    void anApiThatDoesNotExistEndsIt() {
        run(() -> {
            var unknown = ClusterObjects.resource("nothing.example.org/v1", "Nothing", "nothings", Scope.NAMESPACED);
            var fault = catchThrowableOfType(
                    FaultException.class, () -> cluster().follow(Selection.all(unknown), new Heard()));
            assertThat(fault.fault()).isInstanceOf(Fault.Terminal.class);
        });
    }
}
