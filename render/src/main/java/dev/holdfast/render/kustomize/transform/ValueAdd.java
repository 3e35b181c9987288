package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.Origin;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.resource.Selector;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.render.kustomize.tree.Refusal;
import java.util.ArrayList;
import java.util.List;

/// The ValueAddTransformer: sets one text in fields of selected objects, or puts it into the file paths that stand
/// there.
public final class ValueAdd implements Transformer {

    private final String value;
    private final Origin origin;
    private final List<Fields> targets;

    public ValueAdd(Fields settings, Workshop workshop) {
        var written = settings.text("value").strip();
        var root = workshop.loader().root();
        this.value = written.isEmpty() ? root.substring(root.lastIndexOf('/') + 1) : written;
        this.origin = settings.origin().through("ValueAddTransformer");
        this.targets = new ArrayList<>(settings.objects("targets"));
        var path = settings.text("targetFilePath");
        if (!path.isEmpty()) {
            var file = workshop.loader().settings(path, settings.origin("targetFilePath"));
            file.asMapping().ifPresent(more -> targets.addAll(new Fields(more).objects("targets")));
        }
        if (targets.isEmpty()) throw Refusal.at(settings.origin(), "must specify at least one target");
        for (var target : targets) {
            if (target.text("fieldPath").isEmpty()) throw Refusal.at(target.origin(), "fieldPath cannot be empty");
            long position = target.whole("filePathPosition");
            if (position < 0) {
                throw Refusal.at(target.origin(), "value of FilePathPosition (" + position + ") cannot be negative");
            }
        }
    }

    @Override
    public void transform(ResourceList list) {
        for (var target : targets) {
            var selected = target.object("selector");
            var resources = selected == null
                    ? List.copyOf(list.all())
                    : new Selector(Selectors.terms(selected)).select(list);
            for (var resource : resources) add(resource, target);
        }
        list.forgetIds();
    }

    private void add(Resource resource, Fields target) {
        var path = target.text("fieldPath");
        if (path.equals("metadata/namespace")) {
            var text = new Value.Text(value, origin);
            new Namespaces(text, List.of(), Namespaces.Subjects.DEFAULT_ONLY, Namespaces.Existing.REPLACED)
                    .move(resource);
            return;
        }
        var field = Paths.lookupCreate(resource.node(), Node.Kind.SCALAR, Paths.split(path, '/'), origin);
        if (field == null) return;
        Paths.require(field, Node.Kind.SCALAR);
        long position = target.whole("filePathPosition");
        var text = position > 0 ? inserted(field.isNull() ? "" : field.text(), position - 1) : value;
        field.setTo(Node.plain(text, origin));
    }

    private String inserted(String path, long position) {
        boolean absolute = path.startsWith("/");
        var parts = new ArrayList<String>();
        for (var part : path.split("/")) if (!part.isEmpty()) parts.add(part);
        parts.add((int) Math.min(position, parts.size()), value);
        return (absolute ? "/" : "") + String.join("/", parts);
    }
}
