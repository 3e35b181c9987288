package dev.holdfast.runtime.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Fault;
import dev.holdfast.port.GitHost;
import dev.holdfast.runtime.queue.Backoff;
import dev.holdfast.testkit.SimulatedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceWatchTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String URL = "https://git.example.com/deploy.git";
    private static final String ONE = "1".repeat(40);
    private static final String TWO = "2".repeat(40);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimulatedTasks tasks = new SimulatedTasks(3, START);
    private final ScriptedGit git = new ScriptedGit();
    private final List<String> heard = new ArrayList<>();
    private final SourceWatch<String> watch = new SourceWatch<>(
            tasks,
            git,
            new Random(3),
            new SourceWatch.Pace(Duration.ofSeconds(1), 0.1, new Backoff(Duration.ofSeconds(1), 2, MINUTE, 0)),
            (subscriber, news) -> heard.add(subscriber + " " + news));

    private static Wanted wanted(String url, String ref) {
        return new Wanted(new GitHost.Remote(url, Optional.empty()), ref);
    }

    private void run(Runnable story) {
        tasks.run(
                () -> {
                    story.run();
                    watch.stop();
                },
                Duration.ofHours(10));
    }

    private void pass(Duration time) {
        tasks.sleepUntil(tasks.now().plus(time));
    }

    @Test
    void manySubscribersOfAStoreAskOncePerInterval() {
        var repository = git.repository(URL);
        repository.refs.put("refs/heads/main", ONE);
        run(() -> {
            for (int i = 0; i < 50; i++) watch.follow("app" + i, List.of(wanted(URL, "main")), MINUTE.multipliedBy(5));
            watch.follow("quick", List.of(wanted(URL, "main")), MINUTE);
            pass(Duration.ofSeconds(2));
            assertThat(repository.asked).isLessThanOrEqualTo(2);
            int before = repository.asked;
            pass(Duration.ofMinutes(10));
            assertThat(repository.asked - before).isBetween(9, 11);
            assertThat(repository.fetched).containsExactly(Set.of(ONE));
            assertThat(watch.look(wanted(URL, "main"))).isEqualTo(new Tracked.At(repository, "refs/heads/main", ONE));
        });
    }

    @Test
    void historyIsDeepenedWhereItIsTooShallowToTellWhetherABranchWentOn() {
        var repository = git.repository(URL);
        repository.refs.put("refs/heads/main", ONE);
        repository.ancestry = deepened -> deepened == 0 ? Optional.empty() : Optional.of(true);
        run(() -> {
            watch.follow("app", List.of(wanted(URL, "main")), MINUTE);
            pass(Duration.ofSeconds(2));
            repository.refs.put("refs/heads/main", TWO);
            pass(MINUTE.multipliedBy(2));
            assertThat(repository.deepened).containsExactly(Set.of(TWO));
            assertThat(watch.look(wanted(URL, "main"))).isEqualTo(new Tracked.At(repository, "refs/heads/main", TWO));
            assertThat(heard).doesNotContain("app REWRITTEN");
        });
    }

    @Test
    void aBranchThatMayHaveBeenRewrittenIsHeldUntilAPersonAsks() {
        var repository = git.repository(URL);
        repository.refs.put("refs/heads/main", ONE);
        repository.ancestry = _ -> Optional.empty();
        run(() -> {
            watch.follow("app", List.of(wanted(URL, "main")), MINUTE);
            pass(Duration.ofSeconds(2));
            repository.refs.put("refs/heads/main", TWO);
            pass(MINUTE.multipliedBy(10));
            var held = watch.look(wanted(URL, "main"));
            assertThat(held.trouble().map(Fault::code)).contains("HistoryUnknown");
            assertThat(held.last().map(Tracked.At::commit)).contains(ONE);
            watch.refresh("app");
            pass(MINUTE);
            assertThat(watch.look(wanted(URL, "main"))).isEqualTo(new Tracked.At(repository, "refs/heads/main", TWO));
        });
    }

    @Test
    void aRewrittenBranchIsFollowedAndTold() {
        var repository = git.repository(URL);
        repository.refs.put("refs/heads/main", ONE);
        repository.ancestry = _ -> Optional.of(false);
        run(() -> {
            watch.follow("app", List.of(wanted(URL, "main")), MINUTE);
            pass(Duration.ofSeconds(2));
            repository.refs.put("refs/heads/main", TWO);
            pass(MINUTE.multipliedBy(2));
            assertThat(heard).contains("app REWRITTEN");
            assertThat(watch.look(wanted(URL, "main"))).isEqualTo(new Tracked.At(repository, "refs/heads/main", TWO));
        });
    }

    @Test
    void onlyThoseWhoFollowTheRefHearOfItsMove() {
        var repository = git.repository(URL);
        repository.refs.put("refs/heads/main", ONE);
        repository.refs.put("refs/heads/next", ONE);
        run(() -> {
            watch.follow("a", List.of(wanted(URL, "main")), MINUTE);
            watch.follow("b", List.of(wanted(URL, "next")), MINUTE);
            pass(Duration.ofSeconds(2));
            heard.clear();
            repository.refs.put("refs/heads/main", TWO);
            pass(MINUTE.multipliedBy(2));
            assertThat(heard).containsExactly("a MOVED");
        });
    }

    @Test
    void aRequestIsAnsweredAtOnceByAnAskThatBeganAfterIt() {
        var repository = git.repository(URL);
        repository.refs.put("refs/heads/main", ONE);
        run(() -> {
            watch.follow("a", List.of(wanted(URL, "main")), MINUTE);
            pass(Duration.ofSeconds(2));
            heard.clear();
            int before = repository.asked;
            repository.whileAsking = () -> {
                repository.whileAsking = () -> {};
                // a push and a second request while the first is being answered
                repository.refs.put("refs/heads/main", TWO);
                watch.refresh("a");
                assertThat(watch.asking("a")).isTrue();
            };
            watch.refresh("a");
            pass(Duration.ofSeconds(1));
            assertThat(repository.asked - before).isEqualTo(2);
            assertThat(heard).containsSubsequence("a ANSWERED", "a ANSWERED").contains("a MOVED");
            assertThat(watch.asking("a")).isFalse();
        });
    }

    @Test
    void aStoreInTroubleKeepsItsLastCommitBacksOffAndRecovers() {
        var bad = git.repository(URL);
        var good = git.repository("https://git.example.com/other.git");
        bad.refs.put("refs/heads/main", ONE);
        good.refs.put("refs/heads/main", ONE);
        run(() -> {
            watch.follow("a", List.of(wanted(URL, "main")), MINUTE);
            watch.follow("b", List.of(wanted(good.name, "main")), MINUTE);
            pass(Duration.ofSeconds(2));
            bad.fault = Optional.of(Fault.temporary("Unreachable", "no answer", ""));
            pass(Duration.ofMinutes(10));
            var seen = watch.look(wanted(URL, "main"));
            assertThat(seen.trouble()).isPresent();
            assertThat(seen.last().orElseThrow().commit()).isEqualTo(ONE);
            assertThat(good.asked).isBetween(10, 13);
            assertThat(bad.asked).isLessThan(22);
            bad.fault = Optional.empty();
            pass(Duration.ofMinutes(2));
            assertThat(watch.look(wanted(URL, "main")).trouble()).isEmpty();
        });
    }

    @Test
    void aBugInReadingIsAFaultOfThatStoreAndNotTheEndOfItsPolling() {
        var repository = git.repository(URL);
        repository.refs.put("refs/heads/main", ONE);
        repository.bug = Optional.of(new IllegalStateException("a bug"));
        run(() -> {
            watch.follow("a", List.of(wanted(URL, "main")), MINUTE);
            pass(Duration.ofSeconds(2));
            assertThat(watch.look(wanted(URL, "main")).trouble().orElseThrow().code())
                    .isEqualTo("SourceFailed");
            repository.bug = Optional.empty();
            pass(Duration.ofMinutes(2));
            assertThat(watch.look(wanted(URL, "main")).trouble()).isEmpty();
        });
    }

    @Test
    void aMissingRefIsAFaultOfItsFollowersOnly() {
        git.repository(URL).refs.put("refs/heads/main", ONE);
        run(() -> {
            watch.follow("a", List.of(wanted(URL, "main")), MINUTE);
            watch.follow("b", List.of(wanted(URL, "mian")), MINUTE);
            pass(Duration.ofSeconds(2));
            assertThat(watch.look(wanted(URL, "main"))).isInstanceOf(Tracked.At.class);
            assertThat(watch.look(wanted(URL, "mian")).trouble().orElseThrow().code())
                    .isEqualTo("RefNotFound");
        });
    }

    @Test
    void aRefusedUrlIsToldWithoutAnyPolling() {
        run(() -> {
            watch.follow("a", List.of(wanted("file:///etc", "main")), MINUTE);
            assertThat(watch.look(wanted("file:///etc", "main"))
                            .trouble()
                            .orElseThrow()
                            .code())
                    .isEqualTo("UrlRefused");
            assertThat(git.repositories).isEmpty();
        });
    }

    @Test
    void whoFollowsOnlyACommitAsksOnce() {
        var repository = git.repository(URL);
        repository.refs.put("refs/heads/main", ONE);
        run(() -> {
            watch.follow("a", List.of(wanted(URL, ONE)), MINUTE);
            pass(Duration.ofHours(1));
            assertThat(watch.look(wanted(URL, ONE)).last().orElseThrow().commit())
                    .isEqualTo(ONE);
            assertThat(repository.asked).isLessThanOrEqualTo(1);
        });
    }

    @Test
    void aStoreThatNobodyFollowsIsNotAsked() {
        var repository = git.repository(URL);
        repository.refs.put("refs/heads/main", ONE);
        run(() -> {
            watch.follow("a", List.of(wanted(URL, "main")), MINUTE);
            pass(Duration.ofSeconds(2));
            watch.unfollow("a");
            int before = repository.asked;
            pass(Duration.ofHours(1));
            assertThat(repository.asked).isEqualTo(before);
        });
    }
}
