package dev.holdfast.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/// One tree object, taken apart and judged: what stands directly in a directory, by name.
final class TreeListing {

    enum Kind {
        FILE,
        LINK,
        DIRECTORY,
        SUBMODULE
    }

    /// @param defect why this entry is not to be touched; empty for all that any sane tool would write
    record Item(String name, Kind kind, ObjectId id, String defect) {}

    private static final int LONGEST_NAME = 255;

    private final List<Item> items;
    private final Map<String, Item> byName;

    private TreeListing(List<Item> items, Map<String, Item> byName) {
        this.items = items;
        this.byName = byName;
    }

    /// @throws IndexOutOfBoundsException or another runtime exception for bytes that are no tree
    static TreeListing of(byte[] tree) {
        var items = new ArrayList<Item>();
        var byName = new HashMap<String, Item>();
        var entry = new CanonicalTreeParser();
        for (entry.reset(tree); !entry.eof(); entry = entry.next()) {
            var raw = new byte[entry.getNameLength()];
            entry.getName(raw, 0);
            var item = item(raw, entry.getEntryFileMode(), entry.getEntryObjectId());
            if (byName.containsKey(item.name())) {
                item = new Item(item.name(), item.kind(), item.id(), "the name stands there twice");
            }
            items.add(item);
            byName.put(item.name(), item);
        }
        items.sort(Comparator.comparing(Item::name));
        return new TreeListing(List.copyOf(items), byName);
    }

    private static Item item(byte[] raw, FileMode mode, ObjectId id) {
        String name;
        try {
            name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException otherCharset) {
            name = new String(raw, StandardCharsets.ISO_8859_1);
            return new Item(name, kind(mode), id, "the name is not UTF-8");
        }
        var defect = kind(mode) == Kind.FILE && (mode.getBits() & FileMode.TYPE_MASK) != FileMode.TYPE_FILE
                ? "its mode is no file's"
                : defect(name);
        return new Item(name, kind(mode), id, defect);
    }

    private static Kind kind(FileMode mode) {
        return switch (mode.getBits() & FileMode.TYPE_MASK) {
            case FileMode.TYPE_TREE -> Kind.DIRECTORY;
            case FileMode.TYPE_SYMLINK -> Kind.LINK;
            case FileMode.TYPE_GITLINK -> Kind.SUBMODULE;
            default -> Kind.FILE;
        };
    }

    /// Names that some file system or tool takes for something else.
    private static String defect(String name) {
        if (name.isEmpty()) return "the name is empty";
        if (name.equals(".") || name.equals("..")) return "the name is '" + name + "'";
        if (name.length() > LONGEST_NAME) return "the name is longer than " + LONGEST_NAME + " characters";
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) return "the name has a slash or backslash";
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) return "the name has control characters";
        return gitFolder(name) ? "the name means Git's own folder" : "";
    }

    /// `.git` as case-blind file systems, HFS+ (which skips invisible characters) and NTFS (which drops dots and
    /// blanks at the end, and knows a short name and streams) see it.
    private static boolean gitFolder(String name) {
        var seen = new StringBuilder();
        name.codePoints().filter(c -> Character.getType(c) != Character.FORMAT).forEach(seen::appendCodePoint);
        var plain = seen.toString().toLowerCase(Locale.ROOT);
        int stream = plain.indexOf(':');
        if (stream >= 0) plain = plain.substring(0, stream);
        int end = plain.length();
        while (end > 0 && (plain.charAt(end - 1) == '.' || plain.charAt(end - 1) == ' ')) end--;
        plain = plain.substring(0, end);
        return plain.equals(".git") || plain.matches("git~\\d+");
    }

    /// Sorted by name.
    List<Item> items() {
        return items;
    }

    @Nullable
    Item find(String name) {
        return byName.get(name);
    }
}
