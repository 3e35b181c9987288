package dev.holdfast.render.kustomize.transform;

import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.config.FieldSpec;
import dev.holdfast.render.kustomize.config.FieldSpec.Creation;
import dev.holdfast.render.kustomize.resource.ResId;
import dev.holdfast.render.kustomize.resource.Resource;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Paths;
import dev.holdfast.render.kustomize.tree.Refusal;
import dev.holdfast.yaml.Meaning;
import java.util.LinkedHashMap;
import java.util.List;

/// Moves every object that lives in a namespace into one, and the references to namespaces with it.
public final class Namespaces implements Transformer {

    /// Which subjects of role bindings are moved.
    public enum Subjects {
        DEFAULT_ONLY,
        ALL_SERVICE_ACCOUNTS,
        NONE
    }

    /// Whether namespaces that are set stay.
    public enum Existing {
        REPLACED,
        KEPT
    }

    private static final FieldSpec OWN = FieldSpec.created("metadata/namespace");
    private static final String SUBJECTS = "subjects/namespace";

    private final Value.Text namespace;
    private final List<FieldSpec> fields;
    private final Subjects subjects;
    private final Existing existing;

    public Namespaces(Value.Text namespace, List<FieldSpec> fields, Subjects subjects, Existing existing) {
        this.namespace = new Value.Text(namespace.value(), namespace.origin().through("namespace"));
        this.fields = fields;
        this.subjects = subjects;
        this.existing = existing;
    }

    @Override
    public void transform(ResourceList list) {
        if (namespace.value().isEmpty()) return;
        var count = new LinkedHashMap<ResId.Key, Integer>();
        for (var resource : list.all()) count.merge(resource.id().key(), 1, Integer::sum);
        for (var resource : list.all()) {
            if (resource.isEmpty() || resource.isMadeByHelm()) continue;
            count.merge(resource.id().key(), -1, Integer::sum);
            resource.storePreviousId();
            move(resource);
            int same = count.merge(resource.id().key(), 1, Integer::sum);
            if (same > 1) {
                throw Refusal.at(
                        resource.origin(), "namespace transformation produces ID conflict: " + resource.id());
            }
        }
        list.forgetIds();
    }

    void move(Resource resource) {
        var creation = new Creation(Node.Kind.SCALAR, Meaning.STRING, namespace.origin());
        if (!resource.id().clusterScoped()) {
            OWN.visit(resource, new Creation(Node.Kind.SCALAR, "", namespace.origin()), this::set);
        }
        boolean binding = isBinding(resource.kind());
        if (binding) moveSubjects(resource);
        for (var field : fields) {
            if (field.path().equals(OWN.path())) continue;
            // metadata.name is a namespace's name only in the core group
            if (field.path().equals("metadata/name") && !resource.apiVersion().equals("v1")) continue;
            if (binding && isBinding(field.gvk().kind()) && field.path().equals(SUBJECTS)) continue;
            field.visit(resource, creation, this::set);
        }
    }

    private static boolean isBinding(String kind) {
        return kind.equals("RoleBinding") || kind.equals("ClusterRoleBinding");
    }

    private void set(Node node) {
        if (!node.isScalar() && !node.isNull()) {
            throw Refusal.at(node.origin(), "namespace field specs must target scalar nodes");
        }
        boolean has = !node.isNull() && !node.text().isEmpty();
        if (existing == Existing.KEPT && has) return;
        node.setTo(Node.string(namespace.value(), namespace.origin()));
    }

    private void moveSubjects(Resource resource) {
        if (subjects == Subjects.NONE) return;
        var list = Paths.lookup(resource.node(), "subjects");
        if (list == null || list.isNull()) return;
        Paths.require(list, Node.Kind.SEQUENCE);
        for (var subject : list.content()) {
            Paths.require(subject, Node.Kind.MAPPING);
            boolean moved =
                    switch (subjects) {
                        case DEFAULT_ONLY -> subject.fieldText("name").equals("default");
                        case ALL_SERVICE_ACCOUNTS -> subject.fieldText("kind").equals("ServiceAccount");
                        case NONE -> false;
                    };
            if (!moved) continue;
            var field = Paths.lookupCreate(subject, Node.Kind.SCALAR, List.of("namespace"), namespace.origin());
            if (field != null) set(field);
        }
    }
}
