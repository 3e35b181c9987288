package dev.holdfast.runtime.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cluster.ClusterSettings;
import dev.holdfast.cluster.KubernetesCluster;
import dev.holdfast.model.FaultException;
import dev.holdfast.sandbox.Sandbox;
import dev.holdfast.sandbox.SandboxOptions;
import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class HomeTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SimulatedTasks tasks = new SimulatedTasks(1, START);

    private static IntFunction<byte[]> bytes(long seed) {
        return size -> {
            var random = new byte[size];
            new Random(seed).nextBytes(random);
            return random;
        };
    }

    private void play(BiConsumer<Sandbox, Home> story) {
        tasks.run(
                () -> {
                    var sandbox = Sandbox.start(SandboxOptions.inMemory(1), tasks);
                    story.accept(sandbox, home(sandbox));
                    sandbox.close();
                },
                Duration.ofHours(5));
    }

    private Home home(Sandbox sandbox) {
        return new Home(
                new KubernetesCluster(sandbox.direct(), tasks, ClusterSettings.named("here", new Random(1))),
                "holdfast-system");
    }

    private LeaseHold lease(Home home, String identity, String... dead) {
        return new LeaseHold(
                tasks,
                home,
                identity,
                LeaseHold.Times.DEFAULT,
                holder -> java.util.List.of(dead).contains(holder));
    }

    @Test
    void anInstallationIsNamedOnceAndKeepsItsKey() {
        play((_, home) -> {
            var made = Installation.open(home, Optional.of("prod"), bytes(1));
            var again = Installation.open(home, Optional.empty(), bytes(2));
            assertThat(again).isEqualTo(made);
            assertThat(made.name()).isEqualTo("prod");
            assertThat(made.toString()).doesNotContain(made.key().reveal());
        });
    }

    @Test
    void withoutANameItTakesTheFirstDigitsOfTheClustersOwn() {
        play((_, home) -> assertThat(
                        Installation.open(home, Optional.empty(), bytes(1)).name())
                .matches("[0-9a-f]{8}"));
    }

    @Test
    void aStartUnderAnotherNameStops() {
        play((_, home) -> {
            Installation.open(home, Optional.of("prod"), bytes(1));
            assertThatThrownBy(() -> Installation.open(home, Optional.of("test"), bytes(1)))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            refused -> assertThat(refused.fault().code()).isEqualTo("OtherInstallation"))
                    .hasMessageContaining("prod");
            assertThatThrownBy(() -> Installation.open(home, Optional.of("No Name"), bytes(1)))
                    .isInstanceOf(FaultException.class);
        });
    }

    @Test
    void onlyOneHoldsTheLeaseAndTheNextWaitsUntilItExpires() {
        play((_, home) -> {
            home.ensure();
            var one = lease(home, "host/1/0");
            var two = lease(home, "host/2/0");
            one.acquire();
            var keeping = tasks.spawn("keep", one::keep);
            var held = new ArrayList<Instant>();
            tasks.spawn("other", () -> {
                two.acquire();
                held.add(tasks.now());
            });
            tasks.sleepUntil(START.plusSeconds(120));
            assertThat(held).isEmpty();
            keeping.cancel();
            keeping.await();
            var stopped = tasks.now();
            tasks.sleepUntil(stopped.plusSeconds(60));
            assertThat(held).hasSize(1);
            // whoever lost it stopped writing before
            assertThat(held.getFirst()).isAfter(stopped.plusSeconds(5));
            assertThat(one.held()).isFalse();
            assertThat(two.held()).isFalse();
        });
    }

    @Test
    void theLeaseOfADeadProcessOfThisHostIsTakenAtOnce() {
        play((_, home) -> {
            home.ensure();
            lease(home, "host/1/0").acquire();
            var before = tasks.now();
            lease(home, "host/2/0", "host/1/0").acquire();
            assertThat(tasks.now()).isEqualTo(before);
        });
    }

    @Test
    void aReleasedLeaseIsTakenAtOnce() {
        play((_, home) -> {
            home.ensure();
            var one = lease(home, "host/1/0");
            one.acquire();
            one.release();
            assertThat(one.held()).isFalse();
            var before = tasks.now();
            lease(home, "host/2/0").acquire();
            assertThat(tasks.now()).isEqualTo(before);
        });
    }

    @Test
    void whoCanNotRenewStopsBeforeOthersMayTakeOver() {
        play((sandbox, home) -> {
            home.ensure();
            var one = lease(home, "host/1/0");
            one.acquire();
            sandbox.switches().refuse();
            var lost = new ArrayList<Instant>();
            tasks.spawn("keep", () -> {
                one.keep();
                lost.add(tasks.now());
            });
            tasks.sleepUntil(START.plusSeconds(60));
            assertThat(lost).hasSize(1);
            assertThat(lost.getFirst()).isBefore(START.plusSeconds(15));
        });
    }
}
