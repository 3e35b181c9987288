package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

    private static String help(String... arguments) {
        var out = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                Terminal.Colours.NONE,
                Terminal.Presence.PIPE);
        assertThat(Main.run(terminal, Map.of(), arguments)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get", "why", "history", "plan", "diff", "render", "blame", "sync", "confirm", "suspend", "resume",
                "delete"
            })
    void everyVerbHasTwoExamplesAndFewFlags(String verb) {
        var help = help(verb, "--help");

        assertThat(help.lines().filter(line -> line.startsWith("  holdfast " + verb)))
                .hasSizeGreaterThanOrEqualTo(2);
        var shared = help.lines()
                .filter(line -> line.strip().matches("(-n, )?--(kubeconfig|context|namespace|help)\\b.*|-h, --help.*"));
        assertThat(shared.count()).isLessThanOrEqualTo(10);
    }

    @Test
    void theFirstPageNamesEveryCommand() {
        assertThat(help("--help"))
                .contains("get", "why", "history", "plan", "diff", "render", "sync", "confirm", "suspend", "resume")
                .contains("delete", "version", "up", "sandbox");
        assertThat(help()).isEqualTo(help("--help"));
    }

    @Test
    void theCommandLineCarriesNoKubernetesLibrary() {
        assertThat(HelpTest.class.getClassLoader().getResource("io/fabric8/kubernetes/client/KubernetesClient.class"))
                .isNull();
    }
}
