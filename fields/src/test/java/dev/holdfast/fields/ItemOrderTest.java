package dev.holdfast.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In which order the items of a list stand after an apply: applied items in the applied order, others keep their
/// place among the shared ones around them.
class ItemOrderTest {

    private static final Schema SCHEMA = new Schema(
            SmallWorld.SCHEMA.gvk(),
            Type.MapOf.struct(List.of(
                    StructField.of("set", Type.ListOf.set(Type.Scalar.TEXT)),
                    StructField.of(
                            "map",
                            Type.ListOf.map(
                                    Type.MapOf.struct(List.of(StructField.required("name", Type.Scalar.TEXT))),
                                    "name")))));

    @ParameterizedTest
    @CsvSource({
        "'', ab, ab",
        "ab, ab, ab",
        "ab, ba, ba",
        "abc, b, abc",
        "abc, cb, acb",
        "axb, ba, xba",
        "xab, ba, xba",
        "abx, ba, bxa",
        "abx, bay, bxay",
        "axbycz, cba, xyczba",
        "ab, axb, axb",
        "ab, xab, xab",
        "ab, abx, abx",
        "abcd, dx, abcdx",
        "a, xyz, axyz",
    })
    void appliedItemsComeInAppliedOrder(String live, String applied, String expected) {
        for (var field : List.of("set", "map")) {
            var merged = Merging.merge(SCHEMA.root(), object(field, live), object(field, applied));
            assertThat(letters((Mapping) Objects.requireNonNull(merged), field))
                    .as(field)
                    .isEqualTo(expected);
        }
    }

    private static Mapping object(String field, String letters) {
        var items = new ArrayList<Value>();
        for (var letter : letters.split("")) {
            if (letter.isEmpty()) continue;
            items.add(field.equals("set") ? Value.of(letter) : Mapping.of("name", Value.of(letter)));
        }
        return Mapping.of(field, Value.of(items));
    }

    private static String letters(Mapping object, String field) {
        return object.sequence(field).items().stream()
                .map(item -> item instanceof Mapping named ? named.text("name").orElse("") : item.toString())
                .collect(Collectors.joining());
    }
}
