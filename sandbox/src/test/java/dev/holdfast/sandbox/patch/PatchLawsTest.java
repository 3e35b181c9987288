package dev.holdfast.sandbox.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fields.MergePatch;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What holds for all patches, whatever they are applied to.
class PatchLawsTest {

    private static final PatchRules RULES = Patches.merging(Map.of("a", "name", "b", ""));

    @Property(tries = 300)
    void theMergePatchBetweenTwoObjectsLeadsFromOneToTheOther(
            @ForAll("objects") Mapping before, @ForAll("objects") Mapping after) {
        assertThat(MergePatch.apply(before, MergePatch.between(before, after))).isEqualTo(after);
    }

    @Property(tries = 300)
    void aMergePatchAppliedTwiceIsAppliedOnce(@ForAll("objects") Mapping target, @ForAll("patches") Mapping patch) {
        var once = MergePatch.apply(target, patch);
        assertThat(MergePatch.apply(once, patch)).isEqualTo(once);
    }

    @Property(tries = 300)
    void anEmptyStrategicPatchChangesNothing(@ForAll("objects") Mapping object) {
        assertThat(StrategicMergePatch.apply(object, Mapping.EMPTY, RULES)).isEqualTo(new Patched.Done(object));
    }

    @Property(tries = 300)
    void withoutRulesAStrategicPatchIsAMergePatch(@ForAll("objects") Mapping target, @ForAll("scalars") Mapping patch) {
        assertThat(StrategicMergePatch.apply(target, patch, PatchRules.UNKNOWN))
                .isEqualTo(new Patched.Done(MergePatch.apply(target, patch)));
    }

    @Property(tries = 300)
    void mergingNamedItemsKeepsEveryName(@ForAll("names") List<String> before, @ForAll("names") List<String> added) {
        var patched = StrategicMergePatch.apply(named(before), named(added), RULES);
        var names = new ArrayList<>(before);
        for (var name : added) if (!names.contains(name)) names.add(name);
        assertThat(patched).isInstanceOfSatisfying(Patched.Done.class, done -> {
            var list = ((Mapping) done.value()).sequence("a").mappings();
            var merged = list.stream().map(item -> item.text("name").orElse("")).toList();
            assertThat(merged).containsExactlyInAnyOrderElementsOf(names);
            assertThat(merged.stream().filter(added::contains)).containsExactlyElementsOf(added);
        });
    }

    @Property(tries = 300)
    void undoneJsonPatchesLeaveNothing(
            @ForAll("objects") Mapping document, @ForAll("keys") String key, @ForAll("values") Value value) {
        var path = "/" + key;
        var forward = document.has(key) ? operation("replace", path, value) : operation("add", path, value);
        var before = document.get(key);
        var back = before == null ? operation("remove", path, Value.none()) : operation("replace", path, before);
        assertThat(JsonPatch.apply(document, Sequence.of(forward, back))).isEqualTo(new Patched.Done(document));
    }

    @Property(tries = 300)
    void copiedAndRemovedIsNothing(@ForAll("objects") Mapping document, @ForAll("keys") String key) {
        if (!document.has(key)) return;
        var copy = operation("copy", "/zz", Value.none()).with("from", Value.of("/" + key));
        var test = document.get(key) instanceof Value value ? operation("test", "/zz", value) : Mapping.EMPTY;
        var patch = Sequence.of(copy, test, operation("remove", "/zz", Value.none()));
        assertThat(JsonPatch.apply(document, patch)).isEqualTo(new Patched.Done(document));
    }

    @Property(tries = 300)
    void noPatchBreaksTheServer(@ForAll("patches") Mapping document, @ForAll("patches") Mapping patch) {
        assertThat(StrategicMergePatch.apply(document, patch, RULES)).isNotNull();
        assertThat(JsonPatch.apply(document, Sequence.of(patch))).isNotNull();
    }

    private enum Nulls {
        NONE,
        SOME
    }

    private static Mapping operation(String name, String path, Value value) {
        return Mapping.builder()
                .put("op", name)
                .put("path", path)
                .put("value", value)
                .build();
    }

    private static Mapping named(List<String> names) {
        return Mapping.of(
                "a",
                Value.of(names.stream()
                        .map(name -> Mapping.of("name", Value.of(name)))
                        .toList()));
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.of("k", "l", "m", "n", "o", "p")
                .list()
                .uniqueElements()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of("a", "b", "c", "d");
    }

    @Provide
    Arbitrary<Value> values() {
        return value(3, Nulls.NONE);
    }

    /// Without nulls, which a merge patch can't set.
    @Provide
    Arbitrary<Mapping> objects() {
        return map(keys(), value(3, Nulls.NONE));
    }

    @Provide
    Arbitrary<Mapping> scalars() {
        return map(keys(), value(0, Nulls.SOME));
    }

    @Provide
    Arbitrary<Mapping> patches() {
        var words = Arbitraries.of(
                "a",
                "b",
                "c",
                "name",
                "op",
                "path",
                "$patch",
                "$retainKeys",
                "$setElementOrder/a",
                "$setElementOrder/b",
                "$deleteFromPrimitiveList/b");
        return map(words, value(3, Nulls.SOME));
    }

    private static Arbitrary<Mapping> map(Arbitrary<String> keys, Arbitrary<Value> values) {
        return Arbitraries.maps(keys, values).ofMaxSize(4).map(Mapping::of);
    }

    private static Arbitrary<Value> value(int depth, Nulls nulls) {
        var leaves = new ArrayList<Value>(List.of(
                Value.of(1L), Value.of(2L), Value.of("x"), Value.of("delete"), Value.of("replace"), Value.TRUE));
        if (nulls == Nulls.SOME) leaves.add(Value.none());
        Arbitrary<Value> leaf = Arbitraries.of(leaves);
        if (depth == 0) return leaf;
        var keys = Arbitraries.of("a", "b", "c", "name");
        var inner = value(depth - 1, nulls);
        return Arbitraries.oneOf(
                leaf,
                inner.list().ofMaxSize(3).map(items -> (Value) Value.of(items)),
                map(keys, inner).map(each -> (Value) each));
    }
}
