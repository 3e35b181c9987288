package dev.holdfast.engine.adopt;

import java.util.List;
import java.util.Optional;

/// The tools that can be named in `sync.adopt`, with the marks that they leave on what they own and the field
/// managers that they write as.
enum Tool {
    ARGO(
            "argo",
            "Argo CD",
            List.of("argocd.argoproj.io/tracking-id", "argocd.argoproj.io/instance"),
            List.of("argocd-controller", "argocd-application-controller")),
    FLUX(
            "flux",
            "Flux",
            List.of("kustomize.toolkit.fluxcd.io/name", "helm.toolkit.fluxcd.io/name"),
            List.of("kustomize-controller", "helm-controller", "flux")),
    FLEET(
            "fleet",
            "Fleet",
            List.of("objectset.rio.cattle.io/id", "fleet.cattle.io/bundle-id"),
            List.of("fleetagent", "fleet-agent", "fleetcontroller")),
    HELM("helm", "Helm", List.of("meta.helm.sh/release-name"), List.of("helm", "Helm", "Go-http-client")),
    KUBECTL(
            "kubectl",
            "kubectl apply",
            List.of(Tool.LAST_APPLIED),
            List.of("kubectl", "kubectl-client-side-apply", "kubectl-last-applied"));

    static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final String word;
    private final String title;
    private final List<String> marks;
    private final List<String> managers;

    Tool(String word, String title, List<String> marks, List<String> managers) {
        this.word = word;
        this.title = title;
        this.marks = marks;
        this.managers = managers;
    }

    /// As written in `sync.adopt`.
    String word() {
        return word;
    }

    List<String> managers() {
        return managers;
    }

    /// The tool whose marks an object carries, and what the mark says. Tools that build on others (Flux on Helm,
    /// Argo CD on kubectl's annotation) come first.
    record Found(Tool tool, String mark, String value) {
        String words() {
            // the last-applied annotation holds the whole object
            return tool == KUBECTL ? tool.title : tool.title + " (" + mark + "=" + value + ")";
        }
    }

    static Optional<Found> on(Foreign object) {
        for (var tool : values()) {
            for (var mark : tool.marks) {
                var value = object.annotations().get(mark);
                if (value == null) value = object.labels().get(mark);
                if (value != null) return Optional.of(new Found(tool, mark, value));
            }
        }
        boolean applied = object.writers().stream()
                .anyMatch(writer -> writer.manager().equals("kubectl")
                        && writer.writing() == dev.holdfast.model.LiveObject.Writing.APPLY);
        return applied ? Optional.of(new Found(KUBECTL, "", "")) : Optional.empty();
    }
}
