package dev.holdfast.sandbox.write;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.sandbox.answer.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the few objects that kubectl's own commands send as protobuf (`auth can-i`, `create namespace`, …); all
/// others are refused, and clients send JSON. Fields that the table does not name are skipped; texts, numbers and
/// flags that are empty are left out, since protobuf cannot tell them from absent ones.
final class Protobuf {

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final Map<String, Map<Integer, Field>> MESSAGES = table();
    private static final int DEEPEST = 16;

    private record Field(String name, String type) {}

    private final byte[] bytes;
    private final int end;
    private int at;

    private Protobuf(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    /// Empty where the body is of a kind that is not read this way.
    static Optional<Mapping> read(byte[] body) {
        if (body.length < 4 || !Arrays.equals(body, 0, 4, MAGIC, 0, 4)) throw malformed();
        var envelope = new Protobuf(body, 4, body.length);
        var apiVersion = "";
        var kind = "";
        Protobuf raw = new Protobuf(body, 0, 0);
        while (envelope.at < envelope.end) {
            long tag = envelope.number();
            if (tag == (1 << 3 | 2)) {
                var type = envelope.part();
                while (type.at < type.end) {
                    long inner = type.number();
                    if (inner == (1 << 3 | 2)) apiVersion = type.part().text();
                    else if (inner == (2 << 3 | 2)) kind = type.part().text();
                    else type.skip(inner);
                }
            } else if (tag == (2 << 3 | 2)) {
                raw = envelope.part();
            } else {
                envelope.skip(tag);
            }
        }
        if (!MESSAGES.containsKey(kind)) return Optional.empty();
        var object = raw.message(kind, 0);
        var named = Mapping.builder().put("kind", kind).put("apiVersion", apiVersion);
        for (var field : object) named.put(field.key(), field.value());
        return Optional.of(named.build());
    }

    private Mapping message(String name, int depth) {
        if (depth > DEEPEST) throw malformed();
        var fields = MESSAGES.getOrDefault(name, Map.of());
        var read = Mapping.EMPTY;
        while (at < end) {
            long tag = number();
            var field = fields.get((int) (tag >>> 3));
            if (field == null) skip(tag);
            else if ((tag & 7) == 0) read = scalar(read, field, number());
            else if ((tag & 7) == 2) read = with(read, field, part(), depth);
            else throw malformed();
        }
        return read;
    }

    private static Mapping scalar(Mapping read, Field field, long number) {
        if (field.type().equals("flag")) return number == 0 ? read : read.with(field.name(), Value.TRUE);
        return read.with(field.name(), Value.of(number));
    }

    private static Mapping with(Mapping read, Field field, Protobuf part, int depth) {
        var name = field.name();
        return switch (field.type()) {
            case "text" -> {
                var text = part.text();
                yield text.isEmpty() ? read : read.with(name, Value.of(text));
            }
            case "texts" -> read.with(name, read.sequence(name).plus(Value.of(part.text())));
            case "map", "bytes" -> {
                var entry = part.entry();
                var value = field.type().equals("map")
                        ? new String(entry.value(), StandardCharsets.UTF_8)
                        : Base64.getEncoder().encodeToString(entry.value());
                yield read.with(name, read.mapping(name).with(entry.key(), Value.of(value)));
            }
            default -> {
                var message = part.message(field.type().substring(1), depth + 1);
                if (field.type().startsWith("*"))
                    yield read.with(name, read.sequence(name).plus(message));
                yield message.isEmpty() && !name.equals("metadata") ? read : read.with(name, message);
            }
        };
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Entry(String key, byte[] value) {}

    private Entry entry() {
        var key = "";
        var value = new byte[0];
        while (at < end) {
            long tag = number();
            if (tag == (1 << 3 | 2)) key = part().text();
            else if (tag == (2 << 3 | 2)) value = part().content();
            else skip(tag);
        }
        return new Entry(key, value);
    }

    private byte[] content() {
        return Arrays.copyOfRange(bytes, at, end);
    }

    private String text() {
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    private Protobuf part() {
        long length = number();
        if (length < 0 || length > end - at) throw malformed();
        var part = new Protobuf(bytes, at, at + (int) length);
        at += (int) length;
        return part;
    }

    private long number() {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) throw malformed();
            byte next = bytes[at++];
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) return number;
        }
        throw malformed();
    }

    private void skip(long tag) {
        switch ((int) (tag & 7)) {
            case 0 -> number();
            case 1 -> at += 8;
            case 2 -> part();
            case 5 -> at += 4;
            default -> throw malformed();
        }
        if (at > end) throw malformed();
    }

    private static Refusal malformed() {
        return Refusal.badRequest("the body is no protobuf of a Kubernetes object");
    }

    private static Map<String, Map<Integer, Field>> table() {
        try (var file = Protobuf.class.getResourceAsStream("protobuf.txt")) {
            if (file == null) throw new IllegalStateException("the table of protobuf messages is missing");
            var messages = new TreeMap<String, Map<Integer, Field>>();
            for (var line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("#") || line.isBlank()) continue;
                var words = line.split(" ");
                var fields = new TreeMap<Integer, Field>();
                for (int i = 1; i < words.length; i++) {
                    int equals = words[i].indexOf('=');
                    int colon = words[i].indexOf(':');
                    fields.put(
                            Integer.parseInt(words[i].substring(0, equals)),
                            new Field(words[i].substring(equals + 1, colon), words[i].substring(colon + 1)));
                }
                messages.put(words[0], fields);
            }
            return messages;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
