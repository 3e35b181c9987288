package dev.holdfast.render.kustomize.transform;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.holdfast.model.Origin;
import dev.holdfast.render.kustomize.config.FieldSpec;
import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes name, tag or digest of an image, wherever containers are listed and in the fields that are configured.
public final class Images implements Transformer {

    private static final String REST =
            "(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$";

    private final @Nullable Pattern image;
    private final String newName;
    private final String newTag;
    private final String digest;
    private final String tagSuffix;
    private final List<FieldSpec> fields;
    private final Origin origin;

    public Images(Fields settings, List<FieldSpec> fields) {
        this.image = pattern(settings.text("name"));
        this.newName = settings.text("newName");
        this.newTag = settings.text("newTag");
        this.digest = settings.text("digest");
        this.tagSuffix = settings.text("tagSuffix");
        this.fields = fields;
        this.origin = settings.origin().through("images");
    }

    /// The name is an expression, too; one that is malformed matches nothing.
    private static @Nullable Pattern pattern(String name) {
        try {
            return Pattern.compile("^" + name + REST);
        } catch (PatternSyntaxException malformed) {
            return null;
        }
    }

    @Override
    public void transform(ResourceList list) {
        if (image == null) return;
        for (var resource : list.all()) {
            // a definition may hold whole pods as examples
            if (resource.kind().equals("CustomResourceDefinition")) continue;
            containers(resource.node());
            for (var field : fields) field.visit(resource, null, this::set);
        }
    }

    private void containers(Node node) {
        switch (node.kind()) {
            case SCALAR -> {}
            case SEQUENCE -> node.content().forEach(this::containers);
            case MAPPING -> {
                for (int i = 0; i < node.size(); i++) {
                    var value = node.item(i);
                    containers(value);
                    var key = node.key(i);
                    boolean list = key.equals("containers") || key.equals("initContainers");
                    if (!list || !value.isSequence()) continue;
                    for (var container : value.content()) {
                        if (container.isNull()) continue;
                        Paths.require(container, Node.Kind.MAPPING);
                        var image = container.get("image");
                        if (image != null) set(image);
                    }
                }
            }
        }
    }

    private void set(Node node) {
        Paths.require(node, Node.Kind.SCALAR);
        if (image == null || !image.matcher(node.text()).find()) return;
        node.setTo(Node.plain(changed(node.text()), origin));
    }

    private String changed(String written) {
        int slash = Math.max(written.indexOf('/'), 0);
        int at = written.indexOf('@', slash);
        int colon = written.indexOf(':', slash);
        boolean tagged = colon >= 0 && (at < 0 || colon < at);
        var name = written.substring(0, tagged ? colon : at >= 0 ? at : written.length());
        var tag = tagged ? written.substring(colon + 1, at >= 0 ? at : written.length()) : "";
        var hash = at >= 0 ? written.substring(at + 1) : "";
        if (!newName.isEmpty()) name = newName;
        // a new tag or digest replaces both
        if (!newTag.isEmpty()) {
            tag = newTag;
            hash = digest;
        } else if (!digest.isEmpty()) {
            tag = "";
            hash = digest;
        } else if (!tagSuffix.isEmpty()) {
            tag += tagSuffix;
            hash = "";
        }
        return name + (tag.isEmpty() ? "" : ":" + tag) + (hash.isEmpty() ? "" : "@" + hash);
    }
}
