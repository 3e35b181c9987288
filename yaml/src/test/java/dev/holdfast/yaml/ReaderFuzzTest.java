package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.Fuzzer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReaderFuzzTest {

    private static final List<String> SEEDS = List.of(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {\"b\": 'c'}}\ndata:\n  x: |-\n    y\n   # z\n",
            "a: &a {b: [1, 2.5, ~]}\nc: {<<: *a, d: >+\n  e\n  }\n---\n- - f\n- ? g\n  : !!binary aGk=\n",
            "{\"a\": [true, null, \"\\u00e9\"]}",
            "- 2001-01-01T01:02:03Z\n- !!int 0x1F\n- \"\\x41\\\n  b\"\n- *x\n");

    @Tag("long")
    @Test
    void noTextEndsTheReaderOrHoldsItUp() {
        assertThat(Fuzzer.findings(ReaderFuzz.class, Duration.ofMinutes(1), SEEDS))
                .isEmpty();
    }
}
