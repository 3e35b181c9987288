package dev.holdfast.sandbox.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DefaultsTest {

    private static final String FOLDER = "kubernetes-1.34/defaults/";

    @TestFactory
    Stream<DynamicTest> answersAsRecorded() {
        return Recorded.defaultingPairs().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    var sent = Recorded.file(FOLDER + name + ".in.json");
                    var answered = Recorded.file(FOLDER + name + ".out.json");
                    assertThat(defaulted(sent, answered)).isEqualTo(plain(answered));
                }));
    }

    /// The recorded pairs told otherwise, so that no answer can have been learnt by heart.
    private enum Way {
        RENAMED,
        PERMUTED,
        CHANGED
    }

    @TestFactory
    Stream<DynamicTest> answersAlikeWhenToldOtherwise() {
        return Recorded.defaultingPairs().stream()
                .flatMap(name -> Stream.of(Way.values())
                        .map(way -> DynamicTest.dynamicTest(name + ", " + way, () -> {
                            var sent = Recorded.file(FOLDER + name + ".in.json");
                            var answered = Recorded.file(FOLDER + name + ".out.json");
                            var called = sent.text("metadata", "name").orElseThrow();
                            var other = whole(sent, way, called);
                            var expected = whole(answered, way == Way.PERMUTED ? Way.RENAMED : way, called);
                            if (way == Way.PERMUTED) other = whole(other, Way.RENAMED, called);
                            assertThat(other).isNotEqualTo(sent);
                            assertThat(defaulted(other, expected)).isEqualTo(plain(expected));
                        })));
    }

    private static Mapping whole(Mapping object, Way way, String name) {
        var other = (Mapping) told(object, way, name);
        return way == Way.CHANGED
                ? other.with(List.of("metadata", "annotations", "example.com/told"), Value.of("otherwise"))
                : other;
    }

    /// Another name; the same name and other keys first; another annotation and other images.
    private static Value told(Value value, Way way, String name) {
        return switch (value) {
            case Mapping map -> {
                var other = Mapping.builder();
                var fields = way == Way.PERMUTED ? map.fields().reversed() : map.fields();
                for (var field : fields) {
                    var inner = told(field.value(), way, name);
                    boolean image = way == Way.CHANGED && field.key().equals("image");
                    if (image) inner = Value.of("other/" + inner);
                    other.put(field.key(), inner);
                }
                yield other.build();
            }
            case Sequence list -> list.map(item -> told(item, way, name));
            case Value.Text(var text, var _) when way == Way.RENAMED && text.equals(name) -> Value.of(text + "-re");
            case Value.Null _, Value.Bool _, Value.Whole _, Value.Real _, Value.Text _ -> value;
        };
    }

    @TestFactory
    Stream<DynamicTest> defaultsWhatIsDefaultedToItself() {
        return Recorded.defaultingPairs().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    var answered = Recorded.file(FOLDER + name + ".out.json");
                    var gvk = Recorded.gvk(answered);
                    var context = DefaultingContext.updating(answered, FixedAllocator.of(Mapping.EMPTY));
                    assertThat(Defaults.of(gvk, answered, context)).isEqualTo(answered);
                    assertThat(Defaults.onRead(gvk, answered)).isEqualTo(answered);
                }));
    }

    @Test
    void knowsAllRecordedPairs() {
        assertThat(Recorded.defaultingPairs()).hasSize(23);
    }

    private static Mapping defaulted(Mapping sent, Mapping answered) {
        var uid = answered.text("metadata", "uid").orElse("");
        var context = DefaultingContext.creating(uid, FixedAllocator.of(answered));
        return plain(Defaults.of(Recorded.gvk(sent), sent, context));
    }

    private static Mapping plain(Mapping object) {
        var plain = object;
        for (var field :
                List.of("uid", "resourceVersion", "creationTimestamp", "managedFields", "namespace", "generation")) {
            plain = plain.without(List.of("metadata", field));
        }
        return plain;
    }
}
