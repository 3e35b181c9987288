package dev.holdfast.fields;

import dev.holdfast.model.Gvk;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/// A small kind with one of each: a map, a struct, a list by key, a set, an atomic list. And the objects and writes
/// that the properties make of it.
final class SmallWorld {

    static final Schema SCHEMA = new Schema(
            Gvk.of("example.com/v1", "Small"),
            Type.MapOf.struct(List.of(
                    StructField.of("data", Type.MapOf.of(Type.Scalar.TEXT)),
                    StructField.of(
                            "spec",
                            Type.MapOf.struct(List.of(
                                    StructField.of("a", Type.Scalar.TEXT),
                                    StructField.of("b", Type.Scalar.TEXT),
                                    StructField.of("args", Type.ListOf.atomic(Type.Scalar.TEXT))))),
                    StructField.of(
                            "items",
                            Type.ListOf.map(
                                    Type.MapOf.struct(List.of(
                                            StructField.required("name", Type.Scalar.TEXT),
                                            StructField.of("v", Type.Scalar.TEXT),
                                            StructField.of("w", Type.Scalar.TEXT))),
                                    "name")),
                    StructField.of("tags", Type.ListOf.set(Type.Scalar.TEXT)))));

    static final ServerSideApply RULES = ServerSideApply.of(SCHEMA);

    private SmallWorld() {}

    static Arbitrary<Mapping> objects() {
        var texts = Arbitraries.of("1", "2").injectNull(0.4);
        var data = Arbitraries.maps(Arbitraries.of("x", "y"), Arbitraries.of("1", "2"))
                .ofMaxSize(2);
        var items = Arbitraries.maps(
                        Arbitraries.of("p", "q", "r"),
                        Combinators.combine(texts, texts).as(Pair::new))
                .ofMaxSize(3);
        var tags = Arbitraries.of("s", "t").set().ofMaxSize(2);
        var args = Arbitraries.of("-x", "-y").list().ofMaxSize(2);
        return Combinators.combine(data, texts, texts, items, tags, args).as((values, a, b, list, set, atomic) -> {
            var spec = new TreeMap<String, Value>();
            if (a != null) spec.put("a", Value.of(a));
            if (b != null) spec.put("b", Value.of(b));
            if (!atomic.isEmpty()) spec.put("args", Value.texts(atomic));
            var object = new TreeMap<String, Value>();
            if (!values.isEmpty()) object.put("data", Mapping.ofTexts(new TreeMap<>(values)));
            if (!spec.isEmpty()) object.put("spec", Mapping.of(spec));
            var members = new ArrayList<Value>();
            list.forEach((name, pair) -> members.add(pair.item(name)));
            if (!members.isEmpty()) object.put("items", Value.of(members));
            if (!set.isEmpty()) object.put("tags", Value.texts(new ArrayList<>(set)));
            return Mapping.of(object);
        });
    }

    private record Pair(@Nullable String v, @Nullable String w) {
        Mapping item(String name) {
            var item = Mapping.builder().put("name", name);
            if (v != null) item.put("v", v);
            if (w != null) item.put("w", w);
            return item.build();
        }
    }

    enum Kind {
        APPLY,
        FORCE,
        UPDATE
    }

    /// One write of a script.
    record Write(String manager, Kind kind, Mapping object) {}

    static Arbitrary<Write> writes() {
        return Combinators.combine(Arbitraries.of("ann", "bob", "cat"), Arbitraries.of(Kind.class), objects())
                .as(Write::new);
    }

    /// Every leaf with its value, and every list item; maps, structs and lists themselves are left out.
    static TreeMap<String, String> flat(Mapping object) {
        var flat = new TreeMap<String, String>();
        for (var field : object.mapping("data").fields()) {
            if (!field.value().isNull())
                flat.put(".data." + field.key(), field.value().toString());
        }
        for (var field : object.mapping("spec").fields()) {
            if (!field.value().isNull())
                flat.put(".spec." + field.key(), field.value().toString());
        }
        for (var item : object.sequence("items").mappings()) {
            var place = ".items[name=\"" + item.text("name").orElse("") + "\"]";
            flat.put(place, "");
            for (var field : item.fields())
                flat.put(place + "." + field.key(), field.value().toString());
        }
        for (var tag : object.sequence("tags")) flat.put(".tags[=\"" + tag + "\"]", "");
        return flat;
    }

    /// `path by manager operation` of everything that {@link #flat} can have.
    static Set<String> claims(ManagedFields managed) {
        var claims = new TreeSet<String>();
        for (var entry : managed.entries()) {
            entry.fields().forEach(path -> {
                boolean container = Set.of(".data", ".spec", ".items", ".tags").contains(path.toString());
                if (!container) claims.add(path + " by " + entry.manager() + " " + entry.operation());
            });
        }
        return claims;
    }
}
