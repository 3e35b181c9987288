package dev.holdfast.sandbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonReader;
import dev.holdfast.yaml.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {

    private static final Codec CODEC = new Codec() {
        @Override
        public byte[] write(Mapping object) {
            return JsonWriter.write(object);
        }

        @Override
        public Mapping read(byte[] json) {
            return JsonReader.readObject(json);
        }
    };

    @TempDir
    Path folder;

    private static Journal.Record change(String key, long version, Change.Type type) {
        var object = Mapping.builder()
                .put("version", Value.of(version))
                .put("text", "x".repeat(500))
                .build();
        var item = Item.ofTree(key, version, object, new Warmth(CODEC, 8));
        return new Journal.Record("things", new Change(type, item, null, Instant.EPOCH));
    }

    @Test
    void whatIsGoneIsLeftOutWhileTheJournalIsInUse() throws IOException {
        try (var journal = FileJournal.begin(folder, FileJournal.recall(folder), 10_000)) {
            for (long version = 1; version <= 1_000; version++) {
                journal.write(List.of(change("one", version, Change.Type.MODIFIED)));
            }
            journal.write(List.of(
                    change("two", 1_001, Change.Type.ADDED),
                    change("three", 1_002, Change.Type.ADDED),
                    change("three", 1_003, Change.Type.DELETED)));
        }
        assertThat(Files.size(folder.resolve("journal"))).isLessThan(20_000);
        var memory = FileJournal.recall(folder);
        assertThat(memory.version()).isEqualTo(1_003);
        var things = memory.shelves().getOrDefault("things", Map.of());
        assertThat(things).containsOnlyKeys("one", "two");
        assertThat(new String(things.getOrDefault("one", new byte[0]), StandardCharsets.UTF_8))
                .contains("\"version\":1000");
    }
}
