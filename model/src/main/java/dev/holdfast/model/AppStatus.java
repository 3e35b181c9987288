package dev.holdfast.model;

import java.util.List;
import java.util.Optional;

/// What an App resource tells about itself: a fold over the states of its placements, never a truth of its own. Two
/// equal statuses need no write. `sync`, `health` and `revision` are one word each, the worst of the targets. `why`
/// is one sentence for people.
public record AppStatus(
        long observedGeneration,
        List<Condition> conditions,
        Sync sync,
        Health.State health,
        String revision,
        List<Revision> revisions,
        List<Target> targets,
        Summary summary,
        List<Operation> history,
        String why) {

    public AppStatus {
        conditions = List.copyOf(conditions);
        revisions = List.copyOf(revisions);
        targets = List.copyOf(targets);
        history = List.copyOf(history);
    }

    /// A status of which only this much is known.
    public static AppStatus bare(long observedGeneration, List<Condition> conditions, String why) {
        return new AppStatus(
                observedGeneration,
                conditions,
                Sync.UNKNOWN,
                Health.State.UNKNOWN,
                "",
                List.of(),
                List.of(),
                Summary.NONE,
                List.of(),
                why);
    }

    /// The same with this history.
    public AppStatus remembering(List<Operation> operations) {
        return new AppStatus(
                observedGeneration, conditions, sync, health, revision, revisions, targets, summary, operations, why);
    }

    /// Whether the cluster is what Git says; in the order of how much a person should care, worst last.
    public enum Sync {
        SYNCED("Synced"),
        SYNCING("Syncing"),
        SUSPENDED("Suspended"),
        UNKNOWN("Unknown"),
        OUT_OF_SYNC("OutOfSync");

        private final String word;

        Sync(String word) {
            this.word = word;
        }

        /// The one word of columns and of `status.sync`.
        public String word() {
            return word;
        }
    }

    /// One placement. `operation` is the last one, running or ended; `confirm` is there while deletes wait for a
    /// person; `problems` are the first few faults, `more` how many there are beyond them.
    public record Target(
            String name,
            String cluster,
            Sync sync,
            Health.State health,
            List<Revision> revisions,
            Optional<Operation> operation,
            Holding inventory,
            Optional<Confirm> confirm,
            List<Problem> problems,
            int more,
            String why) {
        public Target {
            revisions = List.copyOf(revisions);
            problems = List.copyOf(problems);
        }
    }

    /// Repeats the inventory's generation and size: one that is older than this, or missing, was lost.
    public record Holding(long generation, int count) {
        public static final Holding NONE = new Holding(0, 0);
    }

    /// What `holdfast confirm` would answer: the plan's digest, why it is asked, and the first few of what goes.
    public record Confirm(String digest, String why, List<String> deletes, int count, List<String> alsoLost) {
        public Confirm {
            deletes = List.copyOf(deletes);
            alsoLost = List.copyOf(alsoLost);
        }
    }

    /// A fault as status shows it: `object` in words and `place` (file:line) are empty where there is none.
    public record Problem(String code, String object, String place, String message, String next) {}

    /// `targets` as people read it: `1/2` ready. The others count objects.
    public record Summary(String targets, int total, int synced, int healthy, int failing) {
        public static final Summary NONE = new Summary("0/0", 0, 0, 0, 0);
    }

    public Optional<Target> target(String name) {
        return targets.stream().filter(target -> target.name().equals(name)).findFirst();
    }

    public Optional<Condition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
