package dev.holdfast.yaml;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Arbitrary values, with many of the texts and numbers that are special to JSON or YAML.
final class Values {

    private Values() {}

    static Arbitrary<Value> any() {
        return Arbitraries.recursive(Values::scalars, Values::collections, 0, 3);
    }

    static Arbitrary<String> texts() {
        var special = Arbitraries.of(
                "",
                "yes",
                "0644",
                "1e3",
                "~",
                "null",
                "<<",
                "=",
                "a: b",
                "- x",
                "# c",
                "a\nb",
                "a\n\n",
                " a",
                "a ",
                "\t",
                "\u0085",
                "\u2028",
                "\uFEFF",
                "\u00e9",
                "\uD83D\uDE00",
                "{",
                "[",
                "*a",
                "&a",
                "!x",
                "%",
                "@",
                "'",
                "\"",
                "2001-01-01",
                "1:30",
                "---",
                "...",
                "? a",
                ":",
                "a:",
                "a #b",
                "|",
                ">",
                "0x1F",
                "1_000",
                ".5",
                ".inf");
        var printable = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(30);
        var lines = Arbitraries.strings()
                .withChars(' ', '\n', 'a', 'b', '#', ':', '-', '\t')
                .ofMaxLength(40);
        var words = Arbitraries.strings()
                .withChars(' ', 'a', 'b', 'c')
                .ofMinLength(60)
                .ofMaxLength(200);
        var wide = Arbitraries.strings().ofMaxLength(12).map(Surrogates::repaired);
        return Arbitraries.oneOf(special, printable, lines, words, wide);
    }

    private static Arbitrary<Value> scalars() {
        Arbitrary<Value> doubles = Arbitraries.doubles().map(Value::of);
        Arbitrary<Value> longs = Arbitraries.longs().map(Value::of);
        Arbitrary<Value> small = Arbitraries.integers().between(-20, 20).map(number -> Value.of((long) number));
        Arbitrary<Value> truths = Arbitraries.of(true, false).map(truth -> (Value) (truth ? Value.TRUE : Value.FALSE));
        Arbitrary<Value> written = texts().map(Value::of);
        return Arbitraries.oneOf(written, written, doubles, longs, small, truths, Arbitraries.just(Value.none()));
    }

    private static Arbitrary<Value> collections(Arbitrary<Value> inner) {
        Arbitrary<Value> lists = inner.list().ofMaxSize(4).map(Value::of);
        Arbitrary<Value> maps = Arbitraries.maps(texts(), inner).ofMaxSize(5).map(Mapping::of);
        return Arbitraries.oneOf(lists, maps, inner);
    }
}
