package dev.holdfast.render.kustomize;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.load.Kustomization;
import dev.holdfast.render.kustomize.load.RemoteSpec;
import dev.holdfast.render.kustomize.resource.Provenance;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.yaml.Limits;
import dev.holdfast.yaml.YamlReader;
import dev.holdfast.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Where objects come from, written into annotations of theirs where `buildMetadata` asks for it: a path relative to
/// the directory that is built, or to another repository's root.
record OriginNotes(String path, String repository, String ref) {

    /// What made or changed an object.
    record Author(String apiVersion, String kind, String name, String namespace) {
        static Author builtIn(String kind) {
            return new Author("builtin", kind, "", "");
        }
    }

    /// Null where nobody asks.
    static @Nullable OriginNotes asked(Kustomization kustomization) {
        return kustomization.fields().texts("buildMetadata").isEmpty() ? null : new OriginNotes("", "", "");
    }

    OriginNotes at(String below) {
        var remote = RemoteSpec.parse(below);
        if (remote.isEmpty()) return new OriginNotes(joined(path, below), repository, ref);
        var spec = remote.get();
        return new OriginNotes(joined("", spec.path()), spec.repository(), spec.ref());
    }

    /// As Go joins paths: without `.` and empty parts, `..` taking one away.
    private static String joined(String path, String below) {
        var parts = new ArrayDeque<String>();
        for (var part : (path + "/" + below).split("/")) {
            if (part.isEmpty() || part.equals(".")) continue;
            boolean up =
                    part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..");
            if (up) parts.removeLast();
            else parts.addLast(part);
        }
        return String.join("/", parts);
    }

    String text() {
        return lines(path, "", null);
    }

    /// Of something that the kustomization file, or another file, makes.
    String text(String configuredIn, Author author) {
        return lines("", joined(path, configuredIn), author);
    }

    private String lines(String file, String configuredIn, @Nullable Author author) {
        var text = new StringBuilder();
        line(text, "path", file);
        line(text, "repo", repository);
        line(text, "ref", ref);
        line(text, "configuredIn", configuredIn);
        if (author == null) return text.toString();
        text.append("configuredBy:\n");
        line(text, "  apiVersion", author.apiVersion());
        line(text, "  kind", author.kind());
        line(text, "  name", author.name());
        line(text, "  namespace", author.namespace());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (value.isEmpty()) return;
        text.append(name)
                .append(": ")
                .append(YamlWriter.text(Value.of(value)).strip())
                .append('\n');
    }

    /// What {@link #text()} has written.
    static OriginNotes parsed(String annotation) {
        var fields = YamlReader.go2()
                .document("", annotation.getBytes(StandardCharsets.UTF_8), Limits.FILE)
                .asMapping()
                .orElse(Mapping.EMPTY);
        return new OriginNotes(
                fields.text("path").orElse(""),
                fields.text("repo").orElse(""),
                fields.text("ref").orElse(""));
    }

    static void mark(ResourceList list, String origin) {
        for (var resource : list.all()) {
            if (resource.annotation(Provenance.ORIGIN) == null) resource.annotateAnew(Provenance.ORIGIN, origin);
        }
    }

    /// Every object was handed to a transformer, whether or not it changed it; one without an origin was made by it.
    static void transformed(ResourceList list, String origin) {
        for (var resource : list.all()) {
            if (resource.annotation(Provenance.ORIGIN) == null) resource.annotateAnew(Provenance.ORIGIN, origin);
            else transformed(resource, origin);
        }
    }

    private static void transformed(Resource resource, String origin) {
        var before = resource.annotation(Provenance.TRANSFORMATIONS);
        var item = "- " + origin.strip().replace("\n", "\n  ") + "\n";
        resource.annotateAnew(Provenance.TRANSFORMATIONS, before == null ? item : before + item);
    }
}
