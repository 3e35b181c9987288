package dev.holdfast.render.kustomize;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.OriginNotes.Author;
import dev.holdfast.render.kustomize.config.ConfigFiles;
import dev.holdfast.render.kustomize.config.CrdFiles;
import dev.holdfast.render.kustomize.config.TransformerConfig;
import dev.holdfast.render.kustomize.generate.DataGenerator;
import dev.holdfast.render.kustomize.generate.Generator;
import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.load.Kustomization;
import dev.holdfast.render.kustomize.load.Loader;
import dev.holdfast.render.kustomize.load.Loader.KustomizationFile;
import dev.holdfast.render.kustomize.load.RemoteSpec;
import dev.holdfast.render.kustomize.resource.Provenance;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.transform.Transformer;
import dev.holdfast.render.kustomize.transform.Variable;
import dev.holdfast.render.kustomize.transform.Workshop;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.render.kustomize.tree.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One kustomization or component at work: resources first, then what it generates, its components, its transformers
/// and validators, its variables.
final class Target {

    private final Build build;
    private final Loader loader;
    private final KustomizationFile file;
    private final @Nullable OriginNotes notes;
    private final Workshop workshop;

    Target(Build build, Loader loader, KustomizationFile file, @Nullable OriginNotes notes) {
        this.build = build;
        this.loader = loader;
        this.file = file;
        this.notes = notes;
        this.workshop = new Workshop(loader, build.types(), build.resources());
    }

    private Kustomization kustomization() {
        return file.kustomization();
    }

    private Fields fields() {
        return kustomization().fields();
    }

    void accumulate(Accumulated into) {
        try {
            addAll(into, kustomization().resources());
        } catch (FaultException failed) {
            throw Refusal.within("accumulating resources", failed);
        }
        configure(into);
        generate(into);
        try {
            for (var component : fields().texts("components")) addComponent(into, component);
        } catch (FaultException failed) {
            throw Refusal.within("accumulating components", failed);
        }
        var transformers = new Transformers(kustomization(), into.config(), workshop).all();
        for (var step : transformers) run(step.transformer(), into, authored(step.plugin()));
        for (var plugin : plugins("transformers")) {
            run(new Plugins(workshop).transformer(plugin.resource()), into, plugin.note());
        }
        validate(into);
        for (var variable : fields().objects("vars")) into.declare(Variable.of(variable));
    }

    private @Nullable String authored(String plugin) {
        return notes == null ? null : notes.text(file.name(), Author.builtIn(plugin));
    }

    private static void run(Transformer transformer, Accumulated into, @Nullable String note) {
        transformer.transform(into.resources());
        if (note != null) OriginNotes.transformed(into.resources(), note);
        into.resources().dropEmpty();
    }

    private void configure(Accumulated into) {
        var files = TransformerConfig.EMPTY;
        for (var path : fields().texts("configurations")) {
            var parsed = ConfigFiles.parse(loader.settings(path.value(), path.origin()));
            files = files.with(parsed, path.origin());
        }
        into.configure(
                TransformerConfig.DEFAULT.with(files, kustomization().origin()),
                kustomization().origin());
        var crds = TransformerConfig.EMPTY;
        for (var path : fields().texts("crds")) {
            crds = crds.with(CrdFiles.parse(loader.settings(path.value(), path.origin())), path.origin());
        }
        into.configure(crds, kustomization().origin());
    }

    private void addAll(Accumulated into, List<Value.Text> paths) {
        for (var path : paths) {
            add(into, path);
            build.refuseTooMany(into.resources(), path.origin());
        }
    }

    /// A file of objects, or the directory of another kustomization.
    private void add(Accumulated into, Value.Text path) {
        var remote = RemoteScan.remote(path.value());
        if (remote.isPresent()) {
            addRemote(into, path, remote.get());
        } else if (loader.isDirectory(path.value())) {
            addBase(into, loader.enter(path.value(), path.origin()), path);
        } else {
            addObjects(into, objects(path), path.value());
        }
    }

    private ResourceList objects(Value.Text path) {
        try {
            var loaded = loader.load(path.value(), path.origin());
            return build.resources().list(loaded.path(), loaded.content());
        } catch (FaultException failed) {
            throw Refusal.within("accumulating resources from '" + path.value() + "'", failed);
        }
    }

    private void addObjects(Accumulated into, ResourceList objects, String path) {
        if (notes != null) {
            for (var object : objects.all()) {
                object.annotate(Provenance.ORIGIN, notes.at(path).text());
            }
        }
        try {
            into.resources().appendAll(objects);
        } catch (FaultException conflict) {
            throw Refusal.within("merging resources from '" + path + "'", conflict);
        }
    }

    private void addRemote(Accumulated into, Value.Text path, RemoteBase remote) {
        if (!(build.options().remotes() instanceof Remotes.Allowed allowed)) {
            throw Refusal.at(
                    path.origin(),
                    "the remote base '" + path.value() + "' is not fetched: remote bases are off",
                    "Copy it into the repository, or allow remote bases");
        }
        switch (remote) {
            case RemoteBase.File(var address) -> {
                var content = allowed.files().get(address);
                if (content == null) throw notFetched(path);
                addObjects(into, build.resources().list(address, content), path.value());
            }
            case RemoteBase.Repository _ -> addBase(into, remote(path, allowed), path);
        }
    }

    private Loader remote(Value.Text path, Remotes.Allowed allowed) {
        var snapshot = allowed.repositories().get(path.value());
        if (snapshot == null) throw notFetched(path);
        var spec = RemoteSpec.parse(path.value()).orElseThrow();
        return loader.enterRemote(loader.files().of(snapshot), spec.path(), path.origin());
    }

    private static FaultException notFetched(Value.Text path) {
        return Refusal.at(path.origin(), "the remote base '" + path.value() + "' was not fetched");
    }

    private void addBase(Accumulated into, Loader other, Value.Text path) {
        var read = read(other, path);
        build.useTypes(other, read.kustomization());
        if (read.kustomization().kind() == Kustomization.Kind.COMPONENT) {
            throw Refusal.at(path.origin(), "expected kind != 'Component' for path '" + other.shown() + "'");
        }
        var below = new Accumulated();
        accumulate(new Target(build, other, read, notes == null ? null : notes.at(path.value())), below);
        try {
            into.add(below, path.origin());
        } catch (FaultException conflict) {
            throw Refusal.within("recursed merging from path '" + other.shown() + "'", conflict);
        }
    }

    private static void accumulate(Target target, Accumulated into) {
        try {
            target.accumulate(into);
        } catch (FaultException failed) {
            throw Refusal.within("recursed accumulation of path '" + target.loader.shown() + "'", failed);
        }
    }

    private static KustomizationFile read(Loader other, Value.Text path) {
        try {
            return other.kustomization(path.origin());
        } catch (FaultException unreadable) {
            throw Refusal.within("couldn't make target for path '" + other.shown() + "'", unreadable);
        }
    }

    /// A component works on what is there, as if it stood in this kustomization.
    private void addComponent(Accumulated into, Value.Text path) {
        Loader other;
        if (RemoteSpec.parse(path.value()).isPresent()) {
            if (!(build.options().remotes() instanceof Remotes.Allowed allowed)) {
                throw Refusal.at(
                        path.origin(),
                        "the remote component '" + path.value() + "' is not fetched: remote bases are off",
                        "Copy it into the repository, or allow remote bases");
            }
            other = remote(path, allowed);
        } else {
            other = loader.enter(path.value(), path.origin());
        }
        var read = read(other, path);
        build.useTypes(other, read.kustomization());
        if (read.kustomization().kind() != Kustomization.Kind.COMPONENT) {
            throw Refusal.at(
                    path.origin(),
                    "accumulateDirectory: \"expected kind 'Component' for path '" + other.shown()
                            + "' but got 'Kustomization'\"");
        }
        accumulate(new Target(build, other, read, notes == null ? null : notes.at(path.value())), into);
        build.refuseTooMany(into.resources(), path.origin());
    }

    private void generate(Accumulated into) {
        var options = fields().objectOrNone("generatorOptions");
        for (var settings : kustomization().generators("configMapGenerator")) {
            var generator =
                    new DataGenerator(DataGenerator.Kind.CONFIG_MAP, settings, options, loader, build.resources());
            absorb(generator, into, authored("ConfigMapGenerator"));
        }
        for (var settings : kustomization().generators("secretGenerator")) {
            var generator = new DataGenerator(DataGenerator.Kind.SECRET, settings, options, loader, build.resources());
            absorb(generator, into, authored("SecretGenerator"));
        }
        for (var chart : kustomization().helmCharts()) throw Plugins.noHelm(chart.origin());
        for (var plugin : plugins("generators")) {
            absorb(new Plugins(workshop).generator(plugin.resource()), into, plugin.note());
        }
    }

    private void absorb(Generator generator, Accumulated into, @Nullable String note) {
        var made = generator.generate();
        if (note != null) OriginNotes.mark(made, note);
        into.resources().absorb(made);
        build.refuseTooMany(into.resources(), kustomization().origin());
    }

    /// A plugin's settings, and the note of its work.
    private record Plugin(Resource resource, @Nullable String note) {}

    /// What `generators`, `transformers` or `validators` name: settings written there, in files, or in directories.
    private List<Plugin> plugins(String field) {
        var entries = fields().texts(field);
        if (entries.isEmpty()) return List.of();
        var all = new Accumulated();
        var paths = new ArrayList<Value.Text>();
        for (var entry : entries) {
            var inline = inline(entry);
            if (inline == null) {
                paths.add(entry);
                continue;
            }
            if (notes != null) {
                for (var object : inline.all()) {
                    object.annotate(Provenance.ORIGIN, notes.at(file.name()).text());
                }
            }
            all.resources().appendAll(inline);
        }
        addAll(all, paths);
        var plugins = new ArrayList<Plugin>();
        for (var resource : all.resources().all()) plugins.add(new Plugin(resource, note(resource)));
        return plugins;
    }

    /// Null where the text is a path.
    private @Nullable ResourceList inline(Value.Text entry) {
        if (entry.value().indexOf(':') < 0) return null;
        var padded = "\n".repeat(Math.max(0, entry.origin().line())) + entry.value();
        try {
            return build.resources().list(entry.origin().path(), padded.getBytes(StandardCharsets.UTF_8));
        } catch (FaultException noObjects) {
            return null;
        }
    }

    private @Nullable String note(Resource plugin) {
        var origin = plugin.annotation(Provenance.ORIGIN);
        if (notes == null || origin == null) return null;
        var place = OriginNotes.parsed(origin);
        var author = new Author(plugin.apiVersion(), plugin.kind(), plugin.name(), plugin.namespace());
        return new OriginNotes("", place.repository(), place.ref()).text(place.path(), author);
    }

    private void validate(Accumulated into) {
        for (var plugin : plugins("validators")) {
            var before = printed(into.resources());
            run(new Plugins(workshop).transformer(plugin.resource()), into, null);
            if (!printed(into.resources()).equals(before)) {
                throw Refusal.at(plugin.resource().origin(), "validator shouldn't modify the resource map");
            }
        }
    }

    private static List<Value> printed(ResourceList list) {
        var values = new ArrayList<Value>(list.size());
        for (var resource : list.all()) {
            var copy = resource.copy();
            var labels = copy.labels();
            if (labels.remove("validated-by") != null) copy.setLabels(labels);
            values.add(Values.of(copy.node()));
        }
        return values;
    }
}
