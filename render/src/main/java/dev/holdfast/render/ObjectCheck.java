package dev.holdfast.render;

import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.yaml.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Judges one object as far as that can be done without knowing its kind: what an API server would refuse of any.
final class ObjectCheck {

    static final int LONGEST_NAME = 253;
    static final int LARGEST_ANNOTATIONS = 256 << 10;

    private static final String CODE = "InvalidManifest";

    /// Both are parts of paths of the API.
    private static final Pattern VERSION = Pattern.compile("([a-z0-9.-]{1,253}/)?[a-z0-9]{1,63}");

    private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,62}");

    private final Mapping object;
    private final String called;
    private final Findings findings;

    ObjectCheck(Mapping object, Findings findings) {
        this.object = object;
        this.findings = findings;
        this.called = called(object);
    }

    private static String called(Mapping object) {
        var kind = object.text("kind").orElse("the object");
        return object.text("metadata", "name")
                .map(name -> kind + " '" + shown(name) + "'")
                .orElse(kind);
    }

    static String shown(String name) {
        return name.length() > 63 ? name.substring(0, 63) + "…" : name;
    }

    void identity() {
        if (!object.has("apiVersion") && !object.has("kind")) {
            var message = "the document is no Kubernetes object: it has neither apiVersion nor kind";
            at(object.origin(), message, "Exclude files that hold no objects (plain.exclude)");
            return;
        }
        word("apiVersion", VERSION, "such as v1 or apps/v1");
        word("kind", KIND, "such as Deployment");
        if (!(object.get("metadata") instanceof Mapping metadata)) {
            var found = object.get("metadata");
            if (found == null) missing("metadata.name", "Give the object a name");
            else wrong(found, "metadata", "a map");
            return;
        }
        name(metadata);
        if (metadata.get("namespace") instanceof Value namespace && !namespace.isNull()) {
            if (namespace instanceof Value.Text(var text, var _)) segment(text, namespace, "namespace");
            else wrong(namespace, "metadata.namespace", "a string; write it in quotes");
        }
    }

    private void word(String field, Pattern form, String example) {
        switch (object.get(field)) {
            case null -> missing(field, "Every object names it, " + example);
            case Value.Text(var text, var _) when form.matcher(text).matches() -> {}
            case Value.Text(var _, var place) -> at(place, called + ": " + field + " is no word, " + example, "");
            case Value other -> wrong(other, field, "a word, " + example);
        }
    }

    private void name(Mapping metadata) {
        switch (metadata.get("name")) {
            case null -> {
                if (metadata.has("generateName")) {
                    at(
                            metadata.origin(),
                            called + " has metadata.generateName but no name: every sync would create one more",
                            "Give it a metadata.name");
                } else missing("metadata.name", "Give the object a name");
            }
            case Value.Text(var text, var place) -> {
                if (text.isEmpty()) at(place, called + " has an empty metadata.name", "Give the object a name");
                else segment(text, metadata, "name");
            }
            case Value other -> wrong(other, "metadata.name", "a string; write it in quotes");
        }
    }

    /// Names are parts of paths of the API.
    private void segment(String text, Value place, String field) {
        if (text.length() > LONGEST_NAME) {
            var message = called + ": metadata." + field + " has " + text.length() + " characters, the most are "
                    + LONGEST_NAME;
            at(place.origin(), message, "Shorten it");
        }
        boolean reserved = text.equals(".") || text.equals("..");
        if (reserved || text.chars().anyMatch(c -> c == '/' || c == '%' || c <= ' ')) {
            at(
                    place.origin(),
                    called + ": metadata." + field + " holds a character that no name may have",
                    "Use lower-case letters, digits, - and .");
        }
    }

    void metadata() {
        if (!(object.get("metadata") instanceof Mapping metadata)) return;
        texts(metadata, "labels");
        long size = texts(metadata, "annotations");
        if (size > LARGEST_ANNOTATIONS) {
            var message = called + ": its annotations have " + size + " bytes, the most are " + LARGEST_ANNOTATIONS;
            at(metadata.mapping("annotations").origin(), message, "Move what is large into a ConfigMap");
        }
    }

    /// The bytes of a map of strings.
    private long texts(Mapping metadata, String field) {
        var found = metadata.get(field);
        if (found == null || found.isNull()) return 0;
        if (!(found instanceof Mapping map)) {
            wrong(found, "metadata." + field, "a map of strings");
            return 0;
        }
        long size = 0;
        for (var entry : map) {
            size += entry.key().getBytes(StandardCharsets.UTF_8).length;
            if (entry.value() instanceof Value.Text(var text, var _)) {
                size += text.getBytes(StandardCharsets.UTF_8).length;
                continue;
            }
            at(
                    entry.value().origin(),
                    called + ": metadata." + field + "['" + shown(entry.key()) + "'] is a "
                            + entry.value().typeName() + ", only strings are allowed",
                    "Write the value in quotes");
        }
        return size;
    }

    void size(long most) {
        if (atMost(object) <= most) return;
        long size = JsonWriter.write(object).length;
        if (size > most) {
            var message = called + " has " + size + " bytes as JSON, the most are " + most;
            at(object.origin(), message, "Split it into several objects");
        }
    }

    /// No fewer bytes than the JSON text has; found without writing it.
    private static long atMost(Value value) {
        return switch (value) {
            case Value.Null _, Value.Bool _ -> 5;
            case Value.Whole _, Value.Real _ -> 26;
            case Value.Text(var text, var _) -> 6L * text.length() + 2;
            case Sequence items -> {
                long size = 2;
                for (int i = 0; i < items.size(); i++) size += atMost(items.get(i)) + 1;
                yield size;
            }
            case Mapping fields -> {
                long size = 2;
                for (int i = 0; i < fields.size(); i++) {
                    size += 6L * fields.keyAt(i).length() + atMost(fields.valueAt(i)) + 4;
                }
                yield size;
            }
        };
    }

    private void missing(String field, String next) {
        at(object.origin(), called + " has no " + field, next);
    }

    private void wrong(Value found, String field, String expected) {
        at(found.origin(), called + ": " + field + " is a " + found.typeName() + ", not " + expected, "");
    }

    private void at(Origin place, String message, String next) {
        findings.add(place, CODE, message, next);
    }
}
