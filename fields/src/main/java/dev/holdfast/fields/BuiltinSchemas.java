package dev.holdfast.fields;

import dev.holdfast.model.Gvk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The kinds that Kubernetes itself serves: their fields, types, list types and keys, merge strategies, required
/// fields and formats. Facts only, from the module's own resource `builtin-schemas.txt`, which a test checks
/// against a recorded OpenAPI document; see {@link SchemaText} for the format. A definition is read when it is
/// first needed.
///
/// Against a cluster its own OpenAPI documents decide ({@link OpenApiSchemas}), never these.
public final class BuiltinSchemas implements Schemas, Type.Definitions {

    private static final String RESOURCE = "builtin-schemas.txt";

    private final LinkedHashMap<String, Definition> definitions = new LinkedHashMap<>();
    private final TreeMap<Gvk, String> kinds = new TreeMap<>();

    private BuiltinSchemas() {}

    public static BuiltinSchemas load() {
        try (var stream = BuiltinSchemas.class.getResourceAsStream(RESOURCE)) {
            if (stream == null)
                throw new IllegalStateException("the resource " + RESOURCE + " is not on the class path");
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the resource " + RESOURCE + " can't be read", unreadable);
        }
    }

    /// Splits the text into definitions; each starts with a line `@name kinds…`.
    static BuiltinSchemas parse(String text) {
        var schemas = new BuiltinSchemas();
        int start = text.indexOf("\n@") + 1;
        while (start > 0 && start < text.length()) {
            int next = text.indexOf("\n@", start) + 1;
            int end = next == 0 ? text.length() : next;
            schemas.add(text.substring(start, end));
            start = next;
        }
        return schemas;
    }

    private void add(String block) {
        int end = block.indexOf('\n');
        var head = block.substring(1, end < 0 ? block.length() : end).split(" ", -1);
        var name = SchemaText.longName(head[0]);
        definitions.put(name, new Definition(block));
        for (int i = 1; i < head.length; i++) {
            int slash = head[i].lastIndexOf('/');
            kinds.put(Gvk.of(head[i].substring(0, slash), head[i].substring(slash + 1)), name);
        }
    }

    @Override
    public Optional<Schema> find(Gvk gvk) {
        var name = kinds.get(gvk);
        var type = name == null ? null : find(name);
        return type == null ? Optional.empty() : Optional.of(new Schema(gvk, type));
    }

    @Override
    public @Nullable Type find(String name) {
        var definition = definitions.get(name);
        return definition == null ? null : definition.type(this);
    }

    /// All kinds, sorted.
    public SortedSet<Gvk> kinds() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(kinds.keySet()));
    }

    SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(definitions.keySet()));
    }

    /// One definition, read at its first use. A race reads it twice, which does no harm.
    private static final class Definition {
        private final String block;
        private @Nullable Type type;

        Definition(String block) {
            this.block = block;
        }

        Type type(Type.Definitions all) {
            var known = type;
            if (known == null) type = known = SchemaText.parse(block, all);
            return known;
        }
    }
}
