package dev.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testkit.SharedCases;
import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/reference/faults.md is the list of what can go wrong: complete, and nothing that can't happen.
class FaultsPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]\\w+)` \\|.+\\|.+\\|.+\\|$");

    @Test
    void everyCodeOfTheSourcesStandsInTheTableAndNoOther() throws IOException {
        var page = Files.readString(SharedCases.root().resolve("docs/reference/faults.md"));
        var rows = ROW.matcher(page).results().map(row -> row.group(1)).toList();
        assertThat(rows).doesNotHaveDuplicates();
        var codes = FaultCodes.in(SharedCases.root());
        var missing = new TreeSet<>(codes);
        missing.removeAll(rows);
        assertThat(missing).as("codes without a row").isEmpty();
        var stale = new TreeSet<>(rows);
        stale.removeAll(codes);
        assertThat(stale).as("rows whose code no source has").isEmpty();
    }

    @Test
    void theScanSeesCodesHoweverTheyAreWritten() {
        assertThat(FaultCodes.in(SharedCases.root()))
                .as("as a literal, behind a place, through a constant, in a choice, through a helper of the class")
                .contains("InventoryLost", "DuplicateObject", "PruneWaits", "NoSuchApi", "OwnedByTool");
    }
}
