package dev.holdfast.runtime.inventory;

import dev.holdfast.model.Digest;
import dev.holdfast.model.Gvk;
import dev.holdfast.model.Inventory.DeletionPolicy;
import dev.holdfast.model.Inventory.Entry;
import dev.holdfast.model.Ref;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonWriter;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// One entry as a JSON list: group, kind, namespace, name, version, uid, wave, digests of body, values and owned
/// fields, flags (`a` adopted, `o` orphaned when it leaves). A list, because names of fields would be half of an
/// inventory. Stored in clusters: only ever grows at the end.
final class EntryCodec {

    private static final int PARTS = 11;

    private EntryCodec() {}

    static String encode(Entry entry) {
        var ref = entry.ref();
        var flags = (entry.adopted() ? "a" : "") + (entry.deletion() == DeletionPolicy.ORPHAN ? "o" : "");
        return JsonWriter.text(Value.of(List.of(
                Value.of(ref.group()),
                Value.of(ref.kind()),
                Value.of(ref.namespace()),
                Value.of(ref.name()),
                Value.of(entry.gvk().version()),
                Value.of(entry.uid().orElse("")),
                Value.of((long) entry.wave()),
                digest(entry.desired()),
                digest(entry.values()),
                digest(entry.owned()),
                Value.of(flags))));
    }

    /// @throws RuntimeException when the list is no entry; the caller says which inventory it is
    static Entry decode(Sequence parts) {
        if (parts.size() < PARTS) throw new NoSuchElementException("an entry is too short");
        var ref = new Ref(text(parts, 0), text(parts, 1), text(parts, 2), text(parts, 3));
        if (ref.kind().isEmpty() || ref.name().isEmpty()) throw new NoSuchElementException("an entry names no object");
        var flags = text(parts, 10);
        return new Entry(
                ref,
                new Gvk(ref.group(), text(parts, 4), ref.kind()),
                OperationCodec.filled(text(parts, 5)),
                Math.toIntExact(parts.items().get(6).asWhole().orElseThrow()),
                OperationCodec.filled(text(parts, 7)).map(Digest::new),
                OperationCodec.filled(text(parts, 8)).map(Digest::new),
                OperationCodec.filled(text(parts, 9)).map(Digest::new),
                flags.contains("a"),
                flags.contains("o") ? DeletionPolicy.ORPHAN : DeletionPolicy.DELETE);
    }

    private static Value digest(Optional<Digest> digest) {
        return Value.of(digest.map(Digest::hex).orElse(""));
    }

    private static String text(Sequence parts, int at) {
        return OperationCodec.plain(parts.items().get(at));
    }
}
