package dev.holdfast.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// Sets of paths behave as sets, and survive being written down.
class FieldSetPropertyTest {

    @Provide
    Arbitrary<FieldSet> sets() {
        var values = Arbitraries.<Value>of(
                Value.of("x"), Value.of("a\"b\\<&>\n\u00e9"), Value.of(53), Value.of(443), Value.TRUE, Value.of(1.5));
        var fields = Arbitraries.of("a", "b", "c", "f:d").map(name -> (PathElement) new PathElement.Field(name));
        var keys = Combinators.combine(Arbitraries.of("name", "port"), values)
                .as((name, value) -> new PathElement.KeyField(name, value))
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(list -> list.size() == 2
                                && list.get(0).name().equals(list.get(1).name())
                        ? list.subList(0, 1)
                        : list)
                .map(list -> (PathElement) new PathElement.Key(list));
        var items = values.map(value -> (PathElement) new PathElement.Item(value));
        var indexes = Arbitraries.integers().between(0, 3).map(at -> (PathElement) new PathElement.Index(at));
        var elements = Arbitraries.frequencyOf(
                Tuple.of(5, fields), Tuple.of(2, keys), Tuple.of(1, items), Tuple.of(1, indexes));
        return elements.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(FieldPath::new)
                .list()
                .ofMaxSize(8)
                .map(FieldSet::of);
    }

    @Property(tries = 300)
    void printsAndReadsBack(@ForAll("sets") FieldSet set) {
        var text = JsonWriter.write(FieldsV1.print(set));
        assertThat(FieldsV1.parse(JsonReader.read(text))).isEqualTo(set);
    }

    @Property(tries = 300)
    void behavesAsASetOfPaths(@ForAll("sets") FieldSet left, @ForAll("sets") FieldSet right) {
        var united = new TreeSet<>(left.paths());
        united.addAll(right.paths());
        assertThat(new TreeSet<>(left.union(right).paths())).isEqualTo(united);
        var shared = new TreeSet<>(left.paths());
        shared.retainAll(right.paths());
        assertThat(new TreeSet<>(left.intersection(right).paths())).isEqualTo(shared);
        var rest = new TreeSet<>(left.paths());
        rest.removeAll(right.paths());
        assertThat(new TreeSet<>(left.difference(right).paths())).isEqualTo(rest);
        assertThat(left.isSubsetOf(right)).isEqualTo(rest.isEmpty());
        assertThat(left.size()).isEqualTo(new TreeSet<>(left.paths()).size());
        for (var path : united)
            assertThat(left.contains(path)).isEqualTo(left.paths().contains(path));
    }

    @Property(tries = 300)
    void recursiveDifferenceTakesWhatIsBelowToo(@ForAll("sets") FieldSet left, @ForAll("sets") FieldSet right) {
        var expected = new TreeSet<>(left.paths());
        expected.removeIf(path -> right.paths().stream().anyMatch(path::startsWith));
        assertThat(new TreeSet<>(left.recursiveDifference(right).paths())).isEqualTo(expected);
    }

    @Property(tries = 300)
    void theLawsOfSetsHold(@ForAll("sets") FieldSet a, @ForAll("sets") FieldSet b, @ForAll("sets") FieldSet c) {
        assertThat(a.union(b)).isEqualTo(b.union(a));
        assertThat(a.union(b).union(c)).isEqualTo(a.union(b.union(c)));
        assertThat(a.intersection(b)).isEqualTo(b.intersection(a));
        assertThat(a.intersection(b.union(c))).isEqualTo(a.intersection(b).union(a.intersection(c)));
        assertThat(a.difference(b).union(a.intersection(b))).isEqualTo(a);
        assertThat(a.difference(b.union(c))).isEqualTo(a.difference(b).difference(c));
        assertThat(a.union(a)).isEqualTo(a);
        assertThat(a.difference(a)).isEqualTo(FieldSet.EMPTY);
    }

    @Property(tries = 300)
    void leavesAreTheMembersWithNothingBelow(@ForAll("sets") FieldSet set) {
        var paths = set.paths();
        List<FieldPath> leaves = paths.stream()
                .filter(path -> paths.stream().noneMatch(other -> other.startsWith(path) && !other.equals(path)))
                .toList();
        assertThat(set.leaves().paths()).containsExactlyInAnyOrderElementsOf(leaves);
    }

    @Property(tries = 300)
    void aPathPrintsAsItCanBeReadAgain(@ForAll("sets") FieldSet set) {
        for (var path : set.paths()) {
            boolean plain = path.elements().stream()
                    .noneMatch(step ->
                            step.toString().contains("1.5") || step.toString().contains("\\"));
            if (plain) assertThat(FieldPath.parse(path.toString())).isEqualTo(path);
        }
    }
}
