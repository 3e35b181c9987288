package dev.holdfast.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fields.SmallWorld.Kind;
import dev.holdfast.fields.SmallWorld.Write;
import dev.holdfast.model.Mapping;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Laws of ownership on random scripts of writes, and agreement with the naive telling.
class OwnershipPropertyTest {

    private record State(Mapping object, ManagedFields managed) {
        static final State NOTHING = new State(Mapping.EMPTY, ManagedFields.NONE);
    }

    @Provide
    Arbitrary<List<Write>> scripts() {
        return SmallWorld.writes().list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<Mapping> objects() {
        return SmallWorld.objects();
    }

    private static Instant time(int step) {
        return Instant.ofEpochSecond(1_800_000_000L + step);
    }

    private static Writer writer(String manager, int step) {
        return new Writer(manager, "example.com/v1", time(step));
    }

    private static Applied apply(State state, Write write, int step) {
        var mode = write.kind() == Kind.FORCE ? Conflicts.FORCE : Conflicts.REFUSE;
        return SmallWorld.RULES.apply(
                state.object(), state.managed(), write.object(), writer(write.manager(), step), mode);
    }

    /// The state after a write; the same where it was refused. A server tracks owners from an object's creation on.
    private static State after(State state, Write write, int step) {
        if (write.kind() == Kind.UPDATE) {
            boolean untracked = state.managed().isEmpty() && !state.object().isEmpty();
            if (untracked) return state;
            var managed = SmallWorld.RULES.update(
                    state.object(), write.object(), state.managed(), writer(write.manager(), step));
            return new State(write.object(), managed);
        }
        return apply(state, write, step) instanceof Applied.Merged(var object, var managed, var _)
                ? new State(object, managed)
                : state;
    }

    private static State play(List<Write> script) {
        var state = State.NOTHING;
        for (int i = 0; i < script.size(); i++) state = after(state, script.get(i), i);
        return state;
    }

    @Property(tries = 1000)
    void agreesWithTheNaiveTelling(@ForAll("scripts") List<Write> script) {
        var naive = new NaiveOwnership();
        var state = State.NOTHING;
        for (int i = 0; i < script.size(); i++) {
            var write = script.get(i);
            // an object that is left without any field or owner begins anew in neither telling
            if (state.object().isEmpty() != state.managed().isEmpty()) return;
            var expected = naive.write(write.manager(), write.kind(), SmallWorld.flat(write.object()));
            if (write.kind() != Kind.UPDATE && apply(state, write, i) instanceof Applied.Conflicting conflicting) {
                var found = new TreeSet<String>();
                for (var conflict : conflicting.conflicts()) {
                    found.add(conflict.path() + " by " + conflict.owner().manager() + " "
                            + conflict.owner().operation());
                }
                assertThat(found).isEqualTo(expected);
            } else {
                assertThat(expected).isEmpty();
            }
            state = after(state, write, i);
            assertThat(SmallWorld.flat(state.object())).isEqualTo(naive.object());
            assertThat(SmallWorld.claims(state.managed())).isEqualTo(naive.claims());
        }
    }

    @Property(tries = 300)
    void applyingTheSameAgainChangesNothing(@ForAll("scripts") List<Write> script, @ForAll("objects") Mapping config) {
        var state = play(script);
        var write = new Write("ann", Kind.FORCE, config);
        var first = after(state, write, 100);
        if (first.object().isEmpty()) return;
        var again = apply(first, write, 200);
        assertThat(again).isInstanceOfSatisfying(Applied.Merged.class, merged -> {
            assertThat(merged.change()).isEqualTo(Applied.Change.NOTHING);
            assertThat(merged.managed()).isSameAs(first.managed());
            assertThat(merged.object()).isEqualTo(first.object());
        });
    }

    @Property(tries = 300)
    void forceNeverConflictsAndLeavesNoConflictBehind(
            @ForAll("scripts") List<Write> script, @ForAll("objects") Mapping config) {
        var state = play(script);
        var forced = apply(state, new Write("ann", Kind.FORCE, config), 100);
        assertThat(forced).isInstanceOf(Applied.Merged.class);
        var after = after(state, new Write("ann", Kind.FORCE, config), 100);
        assertThat(apply(after, new Write("ann", Kind.APPLY, config), 101)).isInstanceOf(Applied.Merged.class);
    }

    @Property(tries = 300)
    void aRefusedApplyNamesEveryFieldThatForceWouldTake(
            @ForAll("scripts") List<Write> script, @ForAll("objects") Mapping config) {
        var state = play(script);
        if (!(apply(state, new Write("ann", Kind.APPLY, config), 100) instanceof Applied.Conflicting refused)) return;
        var forced = after(state, new Write("ann", Kind.FORCE, config), 100);
        for (var conflict : refused.conflicts()) {
            var owner = forced.managed().entries().stream()
                    .filter(entry -> entry.sameIdentity(conflict.owner()))
                    .findFirst();
            assertThat(owner.map(entry -> entry.fields().contains(conflict.path()))
                            .orElse(false))
                    .isFalse();
        }
    }

    @Property(tries = 300)
    void anApplierOwnsExactlyWhatItsConfigurationNames(
            @ForAll("scripts") List<Write> script, @ForAll("objects") Mapping config) {
        var after = after(play(script), new Write("ann", Kind.FORCE, config), 100);
        var owned = after.managed().applied("ann", "").map(ManagedEntry::fields).orElse(FieldSet.EMPTY);
        assertThat(owned).isEqualTo(OwnedFields.of(SmallWorld.SCHEMA.root(), config));
    }

    @Property(tries = 300)
    void whatAnApplierDropsGoesExactlyIfNobodyElseOwnsIt(
            @ForAll("scripts") List<Write> script,
            @ForAll("objects") Mapping first,
            @ForAll("objects") Mapping second) {
        var before = after(play(script), new Write("ann", Kind.FORCE, first), 100);
        var after = after(before, new Write("ann", Kind.FORCE, second), 101);
        var others = FieldSet.EMPTY;
        for (var entry : before.managed().entries()) {
            if (!(entry.isApply() && entry.manager().equals("ann"))) others = others.union(entry.fields());
        }
        var dropped = OwnedFields.of(SmallWorld.SCHEMA.root(), first)
                .difference(OwnedFields.of(SmallWorld.SCHEMA.root(), second));
        var now = OwnedFields.of(SmallWorld.SCHEMA.root(), after.object());
        for (var path : dropped.paths()) {
            assertThat(now.contains(path)).as("%s", path).isEqualTo(others.contains(path) && now.contains(path));
            if (others.contains(path) && Set.of(2, 3).contains(path.elements().size())) {
                var item = new FieldPath(path.elements().subList(0, 2));
                boolean itemGone = dropped.contains(item) && !others.contains(item);
                assertThat(now.contains(path) || itemGone).as("%s", path).isTrue();
            }
        }
    }

    @Property(tries = 300)
    void keysInAnotherOrderMakeNoDifference(@ForAll("scripts") List<Write> script, @ForAll("objects") Mapping config) {
        var state = play(script);
        var reversed = new State(reversed(state.object()), state.managed());
        var one = after(state, new Write("ann", Kind.FORCE, config), 100);
        var other = after(reversed, new Write("ann", Kind.FORCE, reversed(config)), 100);
        assertThat(other.object()).isEqualTo(one.object());
        assertThat(other.managed()).isEqualTo(one.managed());
    }

    private static Mapping reversed(Mapping object) {
        var reversed = Mapping.builder();
        for (int i = object.size() - 1; i >= 0; i--) {
            var value = object.valueAt(i);
            reversed.put(object.keyAt(i), value instanceof Mapping inner ? reversed(inner) : value);
        }
        return reversed.build();
    }
}
