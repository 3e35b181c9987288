package dev.holdfast.render.kustomize.generate;

import dev.holdfast.render.kustomize.load.Fields;
import dev.holdfast.render.kustomize.resource.ResourceList;
import dev.holdfast.render.kustomize.resource.Resources;
import dev.holdfast.render.kustomize.tree.Node;
import dev.holdfast.render.kustomize.tree.Refusal;

/// The IAMPolicyGenerator: a ServiceAccount that is bound to an account of a cloud.
public final class IamPolicy implements Generator {

    private final Fields settings;
    private final Resources resources;

    public IamPolicy(Fields settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    @Override
    public ResourceList generate() {
        var cloud = settings.text("cloud");
        if (!cloud.equals("gke")) {
            throw Refusal.at(settings.origin("cloud"), "cloud provider " + cloud + " not supported yet");
        }
        var kubernetes = settings.objectOrNone("kubernetesService");
        var account = settings.objectOrNone("serviceAccount");
        var origin = settings.origin();
        var object = Node.mapping(origin);
        object.append("apiVersion", Node.string("v1", origin));
        object.append("kind", Node.string("ServiceAccount", origin));
        var metadata = Node.mapping(origin);
        object.append("metadata", metadata);
        var annotations = Node.mapping(origin);
        metadata.append("annotations", annotations);
        var address = account.text("name") + "@" + account.text("projectId") + ".iam.gserviceaccount.com";
        annotations.append("iam.gke.io/gcp-service-account", Node.plain(address, origin));
        metadata.append("name", Node.plain(kubernetes.text("name"), origin));
        var namespace = kubernetes.text("namespace");
        if (!namespace.isEmpty()) metadata.append("namespace", Node.plain(namespace, origin));
        var list = new ResourceList();
        list.append(resources.of(object));
        return list;
    }
}
