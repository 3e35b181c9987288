package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.FaultException;
import dev.holdfast.model.Mapping;
import dev.holdfast.model.Origin;
import dev.holdfast.model.Sequence;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.resource.ResId;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.resource.Selector;
import dev.holdfast.render.kustomize.tree.FieldPaths;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.ArrayList;
import java.util.List;

/// Copies a field of one object, or a given value, into fields of others.
public final class Replacements implements Transformer {

    private static final String NAME = "metadata.name";

    private final List<Fields> replacements = new ArrayList<>();

    /// The entries, those in files included.
    public Replacements(List<Fields> entries, Workshop workshop) {
        for (var entry : entries) {
            var path = entry.text("path");
            if (path.isEmpty()) {
                replacements.add(entry);
                continue;
            }
            if (entry.has("source") || entry.has("targets")) {
                throw Refusal.at(entry.origin(), "cannot specify both path and inline replacement");
            }
            switch (workshop.loader().settings(path, entry.origin("path"))) {
                case Mapping one -> replacements.add(new Fields(one));
                case Sequence several -> several.mappings().forEach(each -> replacements.add(new Fields(each)));
                case Value other ->
                    throw Refusal.at(
                            other.origin(),
                            "unsupported replacement type encountered within replacement path: " + other.typeName());
            }
        }
    }

    @Override
    public void transform(ResourceList list) {
        for (var replacement : replacements) apply(replacement, list);
        list.dropEmpty();
        list.forgetIds();
    }

    private static void apply(Fields replacement, ResourceList list) {
        boolean hasSource = replacement.has("source") || replacement.has("sourceValue");
        if (!hasSource || !replacement.has("targets")) {
            throw Refusal.at(
                    replacement.origin(), "replacements must specify a source and at least one target");
        }
        var value = value(replacement, list);
        for (var target : replacement.objects("targets")) new Target(target).fill(list, value);
    }

    private static Node value(Fields replacement, ResourceList list) {
        var source = replacement.object("source");
        if (replacement.has("sourceValue")) {
            if (source != null) {
                throw Refusal.at(replacement.origin(), "value and resource selectors are mutually exclusive");
            }
            return Node.plain(replacement.text("sourceValue"), replacement.origin("sourceValue"));
        }
        if (source == null) throw Refusal.at(replacement.origin(), "replacements must specify a source");
        var resource = selected(source, list);
        var path = source.text("fieldPath").isEmpty() ? NAME : source.text("fieldPath");
        Node found;
        try {
            found = Paths.lookup(resource.node(), Paths.splitFieldPath(path));
        } catch (FaultException wrong) {
            throw Refusal.within("error looking up replacement source", wrong);
        }
        if (found == null || found.isEmpty()) {
            throw Refusal.at(
                    source.origin(), "fieldPath `" + path + "` is missing for replacement source " + id(source));
        }
        var options = source.objectOrNone("options");
        var delimiter = options.text("delimiter");
        if (delimiter.isEmpty()) return found;
        if (!found.isScalar()) {
            throw Refusal.at(options.origin(), "delimiter option can only be used with scalar nodes");
        }
        var parts = split(found.text(), delimiter);
        long index = options.whole("index");
        if (index < 0 || index >= parts.size()) {
            throw Refusal.at(
                    options.origin(), "options.index " + index + " is out of bounds for value " + found.text());
        }
        var part = found.copy();
        part.setText(parts.get((int) index), found.origin());
        return part;
    }

    private static ResId id(Fields source) {
        return ResId.named(Selectors.gvk(source), source.text("name"), source.text("namespace"));
    }

    private static Resource selected(Fields source, ResourceList list) {
        var wanted = id(source);
        Resource found = null;
        for (var resource : list.all()) {
            if (ids(resource).stream().noneMatch(each -> each.isSelectedBy(wanted))) continue;
            if (found != null) {
                throw Refusal.at(
                        source.origin(), "multiple matches for selector " + wanted + path(source),
                        "Name its kind, name and namespace");
            }
            found = resource;
        }
        if (found == null) throw Refusal.at(source.origin(), "nothing selected by " + wanted + path(source));
        return found;
    }

    private static String path(Fields source) {
        return source.text("fieldPath").isEmpty() ? "" : ":" + source.text("fieldPath");
    }

    /// The present identity and all former ones, with namespaces as they are written.
    private static List<ResId> ids(Resource resource) {
        var ids = new ArrayList<ResId>();
        ids.add(ResId.named(resource.gvk(), resource.name(), resource.namespace()));
        ids.addAll(resource.previousIds());
        return ids;
    }

    private static List<String> split(String text, String delimiter) {
        var parts = new ArrayList<String>();
        int from = 0;
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, from)) {
            parts.add(text.substring(from, at));
            from = at + delimiter.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /// One entry of `targets`.
    private static final class Target {
        private final Fields settings;
        private final Selector select;
        private final List<Selector> rejects = new ArrayList<>();
        private final Fields options;

        Target(Fields settings) {
            this.settings = settings;
            var selected = settings.object("select");
            if (selected == null) {
                throw Refusal.at(settings.origin(), "target must specify resources to select");
            }
            this.select = new Selector(Selectors.terms(selected));
            for (var reject : settings.objects("reject")) rejects.add(new Selector(Selectors.terms(reject)));
            this.options = settings.objectOrNone("options");
        }

        void fill(ResourceList list, Node value) {
            for (var resource : list.all()) {
                if (!select.matchesLabelsAndAnnotations(resource) || rejectedByLabels(resource)) continue;
                var ids = ids(resource);
                if (rejected(ids) || ids.stream().noneMatch(select::matchesId)) continue;
                fill(resource, value);
            }
        }

        private boolean rejectedByLabels(Resource resource) {
            for (var reject : rejects) {
                if (reject.queriesLabelsOrAnnotations() && reject.matchesLabelsAndAnnotations(resource)) return true;
            }
            return false;
        }

        private boolean rejected(List<ResId> ids) {
            for (var reject : rejects) {
                if (!reject.terms().namesNoIdentity() && ids.stream().anyMatch(reject::matchesId)) return true;
            }
            return false;
        }

        private void fill(Resource resource, Node value) {
            var paths = settings.texts("fieldPaths");
            if (paths.isEmpty()) paths = List.of(new Value.Text(NAME, settings.origin()));
            for (var path : paths) {
                var parts = Paths.splitFieldPath(path.value());
                if (new StructuredText(this::fields, this::set).fill(resource.node(), parts, value)) continue;
                var found = found(resource, parts, value, path);
                for (var field : found) set(field, value);
            }
        }

        private List<Node> found(Resource resource, List<String> parts, Node value, Value.Text path) {
            boolean creates = options.isTrue("create");
            var message = (creates ? "unable to find or create field \"" : "unable to find field \"") + path.value()
                    + "\" in replacement target";
            List<Node> found;
            try {
                found = fields(resource.node(), parts, value);
            } catch (FaultException wrong) {
                throw Refusal.within(message, wrong);
            }
            if (found.isEmpty()) {
                throw Refusal.at(
                        path.origin(), message, "The target is " + resource.id() + "; options.create: true creates it");
            }
            return found;
        }

        private List<Node> fields(Node root, List<String> parts, Node value) {
            return options.isTrue("create")
                    ? FieldPaths.findOrCreate(root, parts, value.kind(), value.origin().through("replacements"))
                    : FieldPaths.find(root, parts);
        }

        private void set(Node field, Node value) {
            var copy = value.copy();
            var origin = origin(value);
            var delimiter = options.text("delimiter");
            if (!delimiter.isEmpty()) copy.setText(spliced(field, value, delimiter), origin);
            if (field.isScalar()) {
                // the type of the field stays: a number may become a string and the other way round
                field.setText(copy.text(), origin);
            } else {
                field.become(copy);
            }
        }

        private Origin origin(Node value) {
            return value.origin().through("replacements");
        }

        private String spliced(Node field, Node value, String delimiter) {
            if (!field.isScalar()) {
                throw Refusal.at(options.origin(), "delimiter option can only be used with scalar nodes");
            }
            var parts = split(field.text(), delimiter);
            var text = value.isNull() ? "" : value.text();
            long index = options.whole("index");
            if (index < 0) parts.addFirst(text);
            else if (index >= parts.size()) parts.add(text);
            else parts.set((int) index, text);
            return String.join(delimiter, parts);
        }
    }

    /// How {@link StructuredText} finds fields.
    interface Finder {
        List<Node> find(Node root, List<String> parts, Node value);
    }

    /// How {@link StructuredText} sets one.
    interface Setter {
        void set(Node field, Node value);
    }
}
