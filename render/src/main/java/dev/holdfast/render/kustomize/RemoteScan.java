package dev.holdfast.render.kustomize;

import dev.holdfast.model.Fault;
import dev.holdfast.model.FaultException;
import dev.holdfast.model.Value;
import dev.holdfast.render.kustomize.load.Kustomization;
import dev.holdfast.render.kustomize.load.Loader;
import dev.holdfast.render.kustomize.load.RemoteSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what must be fetched before a build: it walks the kustomizations, not their files.
final class RemoteScan {

    private final Remotes.Allowed fetched;
    private final Map<String, RemoteBase> needs = new LinkedHashMap<>();

    RemoteScan(Remotes.Allowed fetched) {
        this.fetched = fetched;
    }

    List<RemoteBase> needs(Loader loader, Kustomization kustomization) {
        walk(loader, kustomization);
        return List.copyOf(needs.values());
    }

    /// What a resource's text names outside of the repository; empty for paths.
    static Optional<RemoteBase> remote(String text) {
        int question = text.indexOf('?');
        var path = question < 0 ? text : text.substring(0, question);
        boolean file = path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json");
        if (RemoteSpec.isRemoteFile(text) && file) return Optional.of(new RemoteBase.File(text));
        return RemoteSpec.parse(text)
                .map(spec -> new RemoteBase.Repository(text, spec.repository(), spec.ref()));
    }

    private void walk(Loader loader, Kustomization kustomization) {
        kustomization.resources().forEach(each -> visit(loader, each));
        kustomization.fields().texts("components").forEach(each -> visit(loader, each));
    }

    private void visit(Loader loader, Value.Text text) {
        var remote = remote(text.value());
        try {
            if (remote.isEmpty()) {
                if (loader.isDirectory(text.value())) below(loader.enter(text.value(), text.origin()), text);
                return;
            }
            if (remote.get() instanceof RemoteBase.File(var address)) {
                if (!fetched.files().containsKey(address)) needs.put(address, remote.get());
                return;
            }
            var snapshot = fetched.repositories().get(text.value());
            if (snapshot == null) {
                needs.put(text.value(), remote.get());
                return;
            }
            var directory = RemoteSpec.parse(text.value()).orElseThrow().path();
            below(loader.enterRemote(loader.files().of(snapshot), directory, text.origin()), text);
        } catch (FaultException broken) {
            // the build will meet it, and tell it with all that leads there
            if (!(broken.fault() instanceof Fault.Terminal)) throw broken;
        }
    }

    private void below(Loader loader, Value.Text asked) {
        walk(loader, loader.kustomization(asked.origin()).kustomization());
    }
}
