package dev.holdfast.sandbox.store;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// A journal in one file of a folder, append only: every record carries its length and a checksum, so that a record
/// torn by a sudden end is noticed and cut off. Rewritten without what is gone at every start, and whenever it has
/// doubled since, so it does not grow for ever; the new file replaces the old one in one step.
public final class FileJournal implements Journal {

    private static final String NAME = "journal";
    private static final int LONGEST = 64 << 20;

    /// A smaller file is never rewritten while it is in use.
    private static final long SMALL = 64 << 20;

    private final Path folder;
    private final long small;
    private FileChannel channel;
    private long rewritten;

    private FileJournal(Path folder, long small, FileChannel channel) throws IOException {
        this.folder = folder;
        this.small = small;
        this.channel = channel;
        this.rewritten = channel.size();
    }

    /// What a journal remembers: the last text of each object by shelf and key, and the highest version.
    public static final class Memory {
        private final Map<String, Map<String, byte[]>> shelves = new TreeMap<>();
        private long version;

        public Map<String, Map<String, byte[]>> shelves() {
            return shelves;
        }

        public long version() {
            return version;
        }

        private void take(String shelf, String key, long at, byte[] json) {
            version = Math.max(version, at);
            var objects = shelves.computeIfAbsent(shelf, _ -> new TreeMap<>());
            if (json.length == 0) objects.remove(key);
            else objects.put(key, json);
        }
    }

    /// Reads what is there, and a torn end as nothing.
    public static Memory recall(Path folder) throws IOException {
        var memory = new Memory();
        var file = folder.resolve(NAME);
        if (!Files.exists(file)) return memory;
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            while (true) {
                int length = in.readInt();
                if (length < 0 || length > LONGEST) return memory;
                long checksum = in.readLong();
                var record = in.readNBytes(length);
                if (record.length < length || checksum(record) != checksum) return memory;
                var read = ByteBuffer.wrap(record);
                long version = read.getLong();
                memory.take(text(read), text(read), version, rest(read));
            }
        } catch (EOFException end) {
            return memory;
        }
    }

    /// Begins anew with what is remembered.
    public static FileJournal begin(Path folder, Memory memory) throws IOException {
        return begin(folder, memory, SMALL);
    }

    static FileJournal begin(Path folder, Memory memory, long small) throws IOException {
        return new FileJournal(folder, small, rewrite(folder, memory));
    }

    private static FileChannel rewrite(Path folder, Memory memory) throws IOException {
        Files.createDirectories(folder);
        var fresh = folder.resolve(NAME + ".new");
        try (var out = open(fresh, StandardOpenOption.TRUNCATE_EXISTING)) {
            // an empty record of the highest version: it counts although its object is gone
            put(out, record("", "", memory.version, new byte[0]));
            for (var shelf : memory.shelves.entrySet()) {
                for (var object : shelf.getValue().entrySet()) {
                    put(out, record(shelf.getKey(), object.getKey(), 0, object.getValue()));
                }
            }
            out.force(true);
        }
        var file = folder.resolve(NAME);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return open(file, StandardOpenOption.APPEND);
    }

    private static FileChannel open(Path file, StandardOpenOption how) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
    }

    @Override
    public void write(List<Record> batch) {
        try {
            for (var record : batch) {
                var item = record.change().item();
                var json = record.change().type() == Change.Type.DELETED ? new byte[0] : item.json();
                put(channel, record(record.shelf(), item.key(), item.version(), json));
            }
            long size = channel.size();
            if (size > small && size > 2 * rewritten) shrink();
        } catch (IOException full) {
            throw new UncheckedIOException("the sandbox's journal cannot be written: " + full.getMessage(), full);
        }
    }

    /// From the file itself: what was just written is in it.
    private void shrink() throws IOException {
        channel.close();
        channel = rewrite(folder, recall(folder));
        rewritten = channel.size();
    }

    private static void put(FileChannel channel, ByteBuffer record) throws IOException {
        while (record.hasRemaining()) channel.write(record);
    }

    private static ByteBuffer record(String shelf, String key, long version, byte[] json) {
        var place = shelf.getBytes(StandardCharsets.UTF_8);
        var name = key.getBytes(StandardCharsets.UTF_8);
        var body = ByteBuffer.allocate(16 + place.length + name.length + json.length)
                .putLong(version)
                .putInt(place.length)
                .put(place)
                .putInt(name.length)
                .put(name)
                .put(json)
                .array();
        return ByteBuffer.allocate(12 + body.length)
                .putInt(body.length)
                .putLong(checksum(body))
                .put(body)
                .flip();
    }

    private static String text(ByteBuffer record) {
        var bytes = new byte[record.getInt()];
        record.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] rest(ByteBuffer record) {
        var bytes = new byte[record.remaining()];
        record.get(bytes);
        return bytes;
    }

    private static long checksum(byte[] record) {
        var sum = new CRC32();
        sum.update(record);
        return sum.getValue();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
