package dev.holdfast.sandbox.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
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
