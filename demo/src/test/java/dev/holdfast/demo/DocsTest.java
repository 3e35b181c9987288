package dev.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.SharedCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every command and every YAML block of the documentation is executed: what a page tells people to type works, in
/// the order in which it stands there, beside the demo.
@Tag("slow")
class DocsTest {

    private static final Path ROOT = SharedCases.root();
    private static final int MARKED_AT_MOST = 5;

    static Stream<Path> pages() {
        return Block.pages(ROOT).stream();
    }

    static Stream<Path> pagesWithCommands() {
        return pages().filter(page -> commands(page).stream().anyMatch(command -> !command.forDevelopers()));
    }

    @Test
    void fewBlocksAreMarkedAsNotRun() {
        var blocks = pages().flatMap(page -> Block.of(ROOT, page).stream())
                .filter(block -> block.yaml() || block.typed())
                .toList();
        var marked = blocks.stream().filter(block -> block.notRun().isPresent()).toList();
        System.out.println("documentation: " + (blocks.size() - marked.size()) + " blocks are run, " + marked.size()
                + " are marked as not run");
        for (var block : marked)
            System.out.println("  " + block.place() + ": " + block.notRun().orElse(""));
        assertThat(blocks).isNotEmpty();
        assertThat(marked).hasSizeLessThanOrEqualTo(MARKED_AT_MOST);
    }

    @Test
    void theClusterAcceptsEveryObjectInYaml() {
        try (var cluster = new AcceptingCluster()) {
            for (var page : pages().toList()) {
                for (var block : Block.of(ROOT, page)) {
                    if (block.yaml() && block.notRun().isEmpty()) cluster.accept(block);
                }
            }
            assertThat(cluster.accepted()).contains("App shop/web");
        }
    }

    @Test
    void whatDevelopersTypeIsWhatDevHelps() throws IOException {
        var help = Files.readString(ROOT.resolve("dev"))
                .lines()
                .filter(line -> line.startsWith("./dev "))
                .toList();
        for (var page : pages().toList()) {
            for (var command : commands(page)) {
                if (!command.forDevelopers()) continue;
                var words = command.text().replaceAll("\\s*#.*", "").split(" ");
                assertThat(help)
                        .as(command.place() + ": " + command.text())
                        .anyMatch(line -> line.startsWith("./dev " + words[1] + " ")
                                && (words.length < 3 || line.contains("[" + words[2] + "]")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void everyCommandOfThePageDoesWhatItSays(Path page, @TempDir Path folder) throws IOException {
        var played = commands(page).stream()
                .filter(command -> !command.forDevelopers())
                .toList();
        for (var command : played) command.tools().forEach(tool -> need(tool, command));
        var terminal = Files.createDirectory(folder.resolve("terminal"));
        try (var world = Surroundings.start(folder.resolve("demo"))) {
            world.install(List.of("web", "worker", "settings"));
            try (var session = new PageSession(terminal, world)) {
                for (var block : Block.of(ROOT, page)) play(block, session, world);
            }
        }
    }

    private static void play(Block block, PageSession session, Surroundings world) {
        if (block.notRun().isPresent()) return;
        if (block.yaml()) block.fileName().ifPresent(name -> session.save(name, block.text()));
        if (!block.typed()) return;
        for (var command : Command.of(block)) {
            if (command.forDevelopers()) continue;
            System.out.println(command.place() + " $ " + command.text());
            var seen = session.run(command);
            var told = command.place() + ": " + command.text() + "\n" + seen.output() + "\n" + world.logs();
            assertThat(seen.exitCode()).as(told).isEqualTo(command.exitCode());
            assertThat(command.missingFrom(seen.output())).as(told).isEmpty();
        }
    }

    private static List<Command> commands(Path page) {
        return Block.of(ROOT, page).stream()
                .filter(block -> block.typed() && block.notRun().isEmpty())
                .flatMap(block -> Command.of(block).stream())
                .toList();
    }

    private static void need(String tool, Command command) {
        boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
        var missing = command.place() + " needs " + tool + ", which is not installed";
        if (!there && "true".equals(System.getenv("CI"))) throw new AssertionError(missing);
        Assumptions.assumeTrue(there, () -> "skipped: " + missing);
    }
}
