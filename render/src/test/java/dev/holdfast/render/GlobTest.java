package dev.holdfast.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "*.yaml a.yaml true",
                "*.yaml d/a.yaml false",
                "** d/a.yaml true",
                "**/*.yaml a.yaml true",
                "**/*.yaml d/e/a.yaml true",
                "**/a.yaml da.yaml false",
                "**/a.yaml d/da.yaml false",
                "d/** d/e/a.yaml true",
                "d/** d false",
                "d/**/a.yaml d/a.yaml true",
                "d/**/a.yaml d/e/f/a.yaml true",
                "d/*/a.yaml d/e/f/a.yaml false",
                "?.yaml a.yaml true",
                "?.yaml /.yaml false",
                "{a,b}.yaml b.yaml true",
                "{a,b/{c,d}}.yaml b/d.yaml true",
                "{a,b}.yaml c.yaml false",
                "{,x}a.yaml a.yaml true",
                "a.yaml aXyaml false",
                "[a].yaml [a].yaml true",
                "a.yaml a.yaml.bak false"
            })
    void matchesPaths(String pattern, String path, String matches) {
        assertThat(Glob.parse(pattern).orElseThrow().matches(path)).isEqualTo(matches.equals("true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{a", "a}", "}{", "{a,{b}"})
    void refusesBracesThatDoNotMatch(String pattern) {
        assertThat(Glob.parse(pattern)).isEmpty();
    }

    @Test
    void refusesTooManyAlternatives() {
        assertThat(Glob.parse("{a,b}".repeat(8))).isPresent();
        assertThat(Glob.parse("{a,b}".repeat(40))).isEmpty();
        assertThat(Glob.parse("{".repeat(2_000) + "}".repeat(2_000))).isEmpty();
    }

    @Test
    void isNotSlowedByManyStars() {
        var glob = Glob.parse("*a".repeat(200) + "b").orElseThrow();

        assertThat(glob.matches("a".repeat(4_000))).isFalse();
        assertThat(Glob.parse("**/".repeat(500) + "x").orElseThrow().matches("d/".repeat(2_000) + "y"))
                .isFalse();
    }
}
