package dev.holdfast.render.kustomize.generate;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.load.Loader;
import dev.holdfast.render.kustomize.resource.Behavior;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.resource.Resources;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.yaml.Meaning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// ConfigMaps and Secrets from files, literals and env files.
public final class DataGenerator implements Generator {

    public enum Kind {
        CONFIG_MAP("ConfigMap"),
        SECRET("Secret");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private static final String BASE = "a configmap must have a name";

    private final Kind kind;
    private final Fields settings;
    private final Fields globalOptions;
    private final Loader loader;
    private final Resources resources;

    public DataGenerator(Kind kind, Fields settings, Fields globalOptions, Loader loader, Resources resources) {
        this.kind = kind;
        this.settings = settings;
        this.globalOptions = globalOptions;
        this.loader = loader;
        this.resources = resources;
    }

    @Override
    public ResourceList generate() {
        var name = settings.text("name");
        if (name.isEmpty()) throw Refusal.at(settings.origin(), BASE);
        var origin = settings.origin();
        var object = Node.mapping(origin);
        object.append("apiVersion", Node.string("v1", origin));
        object.append("kind", Node.string(kind.word, origin));
        var metadata = Node.mapping(origin);
        object.append("metadata", metadata);
        metadata.append("name", Node.string(name, settings.origin("name")));
        var namespace = settings.text("namespace");
        if (!namespace.isEmpty()) metadata.append("namespace", Node.string(namespace, settings.origin("namespace")));
        switch (kind) {
            case SECRET -> {
                var type = settings.text("type");
                object.append("type", Node.string(type.isEmpty() ? "Opaque" : type, settings.origin("type")));
                secretData(object);
            }
            case CONFIG_MAP -> configData(object);
        }
        texts(metadata, "labels");
        texts(metadata, "annotations");
        if (option("immutable")) {
            object.append("immutable", Node.scalar(Meaning.BOOLEAN, "true", Node.Style.PLAIN, origin));
        }
        var resource = resources.of(object);
        if (!option("disableNameSuffixHash")) resource.enableHash();
        resource.setBehavior(Behavior.of(settings.text("behavior")));
        var list = new ResourceList();
        list.append(resource);
        return list;
    }

    private boolean option(String name) {
        return settings.objectOrNone("options").isTrue(name) || globalOptions.isTrue(name);
    }

    /// The entry's own options win over those for all.
    private void texts(Node metadata, String field) {
        var texts = new TreeMap<>(globalOptions.textMap(field));
        texts.putAll(settings.objectOrNone("options").textMap(field));
        if (texts.isEmpty()) return;
        var map = Node.mapping(settings.origin());
        texts.forEach((key, text) -> map.append(key, Node.string(text.value(), text.origin())));
        metadata.append(field, map);
    }

    private void configData(Node object) {
        var data = Node.mapping(settings.origin());
        var binary = Node.mapping(settings.origin());
        for (var pair : pairs().values()) {
            var text = Bytes.text(pair.content());
            if (text.isPresent()) data.append(pair.key(), Node.string(text.get(), pair.origin()));
            else binary.append(pair.key(), Node.string(Bytes.base64(pair.content()), pair.origin()));
        }
        if (data.size() > 0) object.append("data", data);
        if (binary.size() > 0) object.append("binaryData", binary);
    }

    private void secretData(Node object) {
        var data = Node.mapping(settings.origin());
        for (var pair : pairs().values()) {
            data.append(pair.key(), Node.string(Bytes.base64(pair.content()), pair.origin()));
        }
        object.append("data", data);
    }

    /// One entry of the data: where it comes from, and its bytes.
    record Pair(String key, byte[] content, Origin origin) {}

    private Map<String, Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        for (var path : settings.texts("envs")) pairs.addAll(envFile(path));
        for (var literal : settings.texts("literals")) pairs.add(Pairs.literal(literal));
        for (var source : settings.texts("files")) pairs.add(file(source));
        var byKey = new TreeMap<String, Pair>();
        for (var pair : pairs) {
            if (byKey.put(pair.key(), pair) == null) continue;
            throw Refusal.at(
                    pair.origin(),
                    "configmap " + settings.text("name") + " illegally repeats the key `" + pair.key() + "`");
        }
        return new LinkedHashMap<>(byKey);
    }

    private List<Pair> envFile(Value.Text path) {
        return Pairs.lines(loaded(path.value(), path.origin()));
    }

    private Pair file(Value.Text source) {
        var named = Pairs.fileSource(source);
        var loaded = loaded(named.path(), source.origin());
        return new Pair(named.key(), loaded.content(), Origin.at(loaded.path(), 1, 1));
    }

    private Loader.Loaded loaded(String path, Origin asked) {
        try {
            return loader.load(path, asked);
        } catch (FaultException unreadable) {
            throw Refusal.within("loading KV pairs", unreadable);
        }
    }

    /// The settings of a generator's own file: what its metadata says counts where the fields say nothing.
    public static Fields named(Fields settings) {
        var metadata = settings.objectOrNone("metadata");
        var merged = new Fields(Mapping.EMPTY);
        for (var field : List.of("name", "namespace")) {
            var own = settings.text(field).isEmpty() ? metadata.get(field) : null;
            if (own != null) merged = merged.with(Mapping.of(field, own));
        }
        return settings.with(merged.mapping());
    }
}
